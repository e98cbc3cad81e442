/** `practice`: the whole of Homeroll with sample pictures and a stand-in Immich, for a first look. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import {
  type ExitCode,
  exitCodeOf,
  isAnythingUndone,
  type KindOutcome,
  numbersIn,
  outcomesByKind,
  placeInWords,
} from '../../desk/index.ts';
import { counted, grouped, summarise } from '../../domain/index.ts';
import type { LifeWish, OpenHomeroll, PracticeHousehold } from '../app-port.ts';
import { type Door, does, examples, type GlobalOptions } from '../door.ts';
import { followed } from '../follow.ts';
import { logOn } from '../log.ts';
import type { Screen } from '../screen.ts';
import { readSettings, type Settings } from '../settings.ts';
import { table } from '../text.ts';
import { usualPatienceMs } from './once.ts';

export interface PracticeOptions extends GlobalOptions {
  readonly once?: boolean;
  readonly folder?: string;
}

export function practiceCommand(door: Door): Command {
  return new Command('practice')
    .description('see it work: sample pictures, a stand-in Immich, nothing of yours')
    .option('--once', 'end when everything is done')
    .option('--folder <folder>', 'where the practice household lives (default: .practice)')
    .addHelpText('after', examples('homeroll practice', 'homeroll practice --once'))
    .action(does<PracticeOptions>(door, (options) => practice(door, options)));
}

export async function practice(door: Door, { once: isOnce = false, folder, json = false }: PracticeOptions): Promise<ExitCode> {
  const { app, screen, stop } = door;
  await using household = await app.openPractice(resolve(folder ?? app.practiceFolder), stop.signal);
  const settings = await readSettings(app, household.configFile);
  const { isNew, picturesFolder } = household;
  screen.say(
    isNew
      ? `Made a practice household: sample pictures in ${picturesFolder}`
      : `The practice household is there already: ${picturesFolder}`,
  );
  const code = await firstJob(door, { household, settings, isJson: json });
  if (isOnce || code !== 0) return code;
  // Awaited here: its Immich lives for as long as this function does.
  return await keepWatching(door, settings, household);
}

interface Job {
  readonly household: PracticeHousehold;
  readonly settings: Settings;
  readonly isJson: boolean;
}

async function firstJob({ app, screen, stop }: Door, { household, settings: { config }, isJson }: Job): Promise<ExitCode> {
  const sources = config.sources.map(({ name }) => name);
  const log = logOn({ screen, clock: app.clock, level: 'warn', timeZone: config.timeZone, isJson });
  const work: LifeWish<ExitCode>['work'] = async ({ open }, signal) => {
    await followed({ open, sources, screen, clock: app.clock, isJson }, async () => {
      await open.once({ patienceMs: usualPatienceMs }, signal);
      // One of them is still being written when the others are done.
      await household.isWhole;
    });
    const code = exitCodeOf({ isAccountUnusable: open.troubles().length > 0, isSomethingUndone: isAnythingUndone(open.journal, sources) });
    const { uploads, filesOpened, proofs } = open.work;
    const done = { uploads, filesOpened, proofs };
    const kinds = outcomesByKind(open.journal);
    if (isJson)
      await screen.answer(JSON.stringify({ ...numbersIn(open.journal, sources), kinds, work: done, ...places(household), exitCode: code }));
    else await screen.answer(inWords(open, { kinds, household, sources, screen }).join('\n'));
    return code;
  };
  return app.live({ config, logFor: () => log, work }, stop.signal);
}

async function keepWatching({ app, screen, stop }: Door, { config }: Settings, { picturesFolder }: PracticeHousehold): Promise<ExitCode> {
  const log = logOn({ screen, clock: app.clock, level: 'warn', timeZone: config.timeZone, isJson: false });
  const sources = config.sources.map(({ name }) => name);
  const work: LifeWish<void>['work'] = ({ open }, signal) => {
    screen.say(`\nKeeps watching. Drop a picture into ${picturesFolder} and see. Ctrl-C ends it.`);
    return followed({ open, sources, screen, clock: app.clock, isJson: false, tellsEndings: true }, () => open.run(signal));
  };
  await app.live({ config, logFor: () => log, work }, stop.signal).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  screen.say('Stopped.');
  return 0;
}

interface Told {
  readonly kinds: readonly KindOutcome[];
  readonly household: PracticeHousehold;
  readonly sources: readonly string[];
  readonly screen: Screen;
}

function inWords({ journal, work }: OpenHomeroll, { kinds, household, sources, screen }: Told): readonly string[] {
  const { files } = numbersIn(journal, sources);
  const became = table(
    kinds.map(({ kind, files: count, places: stands }) => [
      `  ${kind}`,
      grouped(count),
      stands.length === 1
        ? placeInWords(stands[0]?.place ?? 'safe')
        : stands.map(({ place, files: some }) => `${grouped(some)} ${placeInWords(place)}`).join(', '),
    ]),
    [1],
  );
  const done = `  This time: ${grouped(work.uploads)} uploaded, ${grouped(work.proofs)} read back and compared, files opened ${counted(work.filesOpened, 'time')}.`;
  const lies: readonly (readonly [string, string])[] = [
    ['pictures', household.picturesFolder],
    ['Immich', household.immichUrl],
    ['its data', household.immichFolder],
    ['settings', household.configFile],
  ];
  return [
    'What became of them:',
    ...became,
    screen.paint.dim(done),
    '',
    screen.paint.bold(screen.paint.green(summarise([], files).at(-1) ?? '')),
    '',
    'Where it all lies:',
    ...table(lies.map(([name, place]) => [`  ${name}`, place])),
  ];
}

function places({ picturesFolder, immichUrl, immichFolder, configFile }: PracticeHousehold): Readonly<Record<string, string>> {
  return { picturesFolder, immichUrl, immichFolder, configFile };
}

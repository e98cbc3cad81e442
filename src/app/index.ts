/** The composition root: what the commands may ask to be built. The environment of the process is read here and nowhere else. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../cli/index.ts';
import { configJsonSchema, isImmichStorage, loadConfig, onDisk, stampsOf } from '../config/index.ts';
import { examine, giveOrder } from '../desk/index.ts';
import { readWatchLimits } from '../files/index.ts';
import { visitHome } from '../hass/index.ts';
import { isHeld, openJournal } from '../journal/index.ts';
import { sentenceOf, silentLog, systemClock, systemIds, systemRandom } from '../kernel/index.ts';
import { exiftoolHitch, lacksUnpacking } from '../media/index.ts';
import { httpAsk, smtpMail } from '../tell/index.ts';
import { askImmich } from './ask-immich.ts';
import { crashPointsOf } from './crash-points.ts';
import { Lives } from './lives.ts';
import { logIn } from './open-device.ts';
import { reachImmich } from './reach-immich.ts';
import { secretFilesOf } from './secret-files.ts';
import { sightOf } from './sight.ts';
import { mustBeFit, prepareStateFolder, stateFolder } from './state-folder.ts';

// Somebody sits there and waits.
const doctorMs = 10_000;

/** @param main path of the program's first file, to start parts of it as processes of their own */
export function homeroll(main: string): App {
  const { env } = process;
  const clock = systemClock;
  const programFolder = join(import.meta.dirname, '..', '..');
  const { version } = JSON.parse(readFileSync(join(programFolder, 'package.json'), 'utf8')) as { version: string };
  const userAgent = `homeroll/${version}`;
  const sight = sightOf(clock);
  const { files } = sight;
  const surroundings = onDisk(env, files);
  const ports = { userAgent, files, clock, random: systemRandom, ids: systemIds, log: silentLog };
  const crashWish = { at: env.HOMEROLL_CRASH_AT, logFile: env.HOMEROLL_CRASH_LOG };
  const crashPoints = crashPointsOf(crashWish, () => process.kill(process.pid, 'SIGKILL'));
  // A clone has its sources; what npm installed must not write into its own folder.
  const isClone = existsSync(join(programFolder, 'src', 'main.ts')) && !programFolder.includes('/node_modules/');

  const readJournal: App['readJournal'] = async (config) => {
    const stateDir = await stateFolder(config, env, sight);
    if (!existsSync(join(stateDir, 'journal.sqlite'))) return undefined;
    return openJournal(stateDir, { durability: 'NORMAL', isReadOnly: true });
  };

  return {
    clock,
    version,
    surroundings,
    practiceFolder: join(isClone ? programFolder : process.cwd(), '.practice'),
    configSchema: configJsonSchema,
    load: (configFile) => loadConfig(configFile, surroundings),
    kindAt: async (path, config) => (await sight.glance(config).stat(path))?.kind,
    readJournal,
    isAtWork: async (config) => isHeld(await stateFolder(config, env, sight)),
    async live(wish, signal) {
      const stateDir = await stateFolder(wish.config, env, sight);
      signal.addEventListener('abort', () => void sight.letGo(), { once: true });
      const parts = { stateDir, userAgent, version, crashPoints, clock, surroundings, sight, stampOf: stampsOf(files) };
      return new Lives(wish, parts).live(signal);
    },
    async giveOrder(config, order, signal) {
      const stateDir = await stateFolder(config, env, sight);
      await prepareStateFolder(stateDir, config.sources, sight);
      return giveOrder(order, { stateDir, clock, crashPoints }, signal);
    },
    askImmich: (config, wish, signal) => askImmich({ config, ...ports, ...wish }, signal),
    async *examine(config, configFile, signal) {
      await using open = new AsyncDisposableStack();
      const reach = open.use(await reachImmich({ config, ...ports }));
      // It only says which files to look at: one that cannot be opened must not keep the doctor from seeing the rest.
      const { homeAssistant: home } = config;
      let journalProblem: string | undefined;
      const noteProblem = (error: unknown): undefined => {
        journalProblem ??= sentenceOf(error);
      };
      const stateDir = (await stateFolder(config, env, sight).catch(noteProblem)) ?? config.stateDir ?? '';
      await mustBeFit(stateDir, config.sources, sight).catch(noteProblem);
      const journal = await readJournal(config).catch(noteProblem);
      open.defer(() => journal?.close());
      yield* examine(
        {
          config,
          journal,
          journalProblem,
          disk: sight.glance(config),
          clock,
          connect: reach.connect,
          visitHome: home && ((by) => visitHome({ ...home, clock }, by)),
          transport: reach.transport,
          stateDir,
          watchLimits: await readWatchLimits(),
          exiftoolHitch,
          lacksUnpacking,
          receivers: { ask: httpAsk({ clock, userAgent, answerMs: doctorMs }), mail: smtpMail({ answerMs: doctorMs }) },
          logIn: (mqtt, asking) => logIn(mqtt, ports, asking),
          timeZone: config.timeZone,
          isZoneChosen: /^time zone:/m.test(await surroundings.readText(configFile)),
          isInContainer: existsSync('/.dockerenv') || existsSync('/run/.containerenv'),
          isImmichStorage: (folder) => isImmichStorage(folder, surroundings.exists),
          secretFiles: await secretFilesOf(configFile, {
            readText: surroundings.readText,
            modeOf: (path) =>
              files.facts(path).then(
                ({ mode }) => Number(mode),
                () => undefined,
              ),
          }),
        },
        signal,
      );
    },
    // What stands in for the world is large, and an owner's household does without.
    async openPractice(folder, signal) {
      const { openPractice } = await import('./practice-household.ts');
      return openPractice({ folder, clock, program: [process.execPath, main] }, signal);
    },
    async servePracticeImmich(wish) {
      const { servePractice } = await import('./serve-practice.ts');
      return servePractice(wish);
    },
  };
}

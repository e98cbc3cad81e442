/** `live-photos`: videos that lie hidden in Immich behind a photo that only shares their name; what became of them, and the owner's word. */
import { Argument, Command, Option } from 'commander';
import { type ExitCode, listStrangers, type StrangerLine } from '../../desk/index.ts';
import { type Door, does, examples, type GlobalOptions } from '../door.ts';
import { readSettings, sourcesMeant } from '../settings.ts';
import { plain } from '../text.ts';
import { give } from './orders.ts';

interface LivePhotosOptions extends GlobalOptions {
  readonly source?: string;
}

type Answer = 'show' | 'leave';

export function livePhotosCommand(door: Door): Command {
  return new Command('live-photos')
    .description('videos that were hidden in Immich behind a photo that only shares their name: list them, show them again, or leave them')
    .addArgument(new Argument('[answer]', 'to the question about many of them').choices(['show', 'leave']))
    .addOption(new Option('--source <name>', 'only this source'))
    .addHelpText('after', examples('homeroll live-photos', 'homeroll live-photos show --source Scanner', 'homeroll live-photos leave'))
    .action((answer: Answer | undefined, ...given: unknown[]) =>
      does<LivePhotosOptions>(door, (options) => (answer ? say(door, answer, options) : list(door, options)))(...given),
    );
}

async function say(door: Door, answer: Answer, { config: named, json = false, source }: LivePhotosOptions): Promise<ExitCode> {
  const settings = await readSettings(door.app, named);
  const [name] = source === undefined ? [] : sourcesMeant(settings, [source]);
  const subject = JSON.stringify({ answer, ...(name !== undefined && { source: name }) });
  return give(door, { settings, order: { kind: 'strangers', subject }, isJson: json });
}

async function list({ app, screen, stop }: Door, { config: named, json, source }: LivePhotosOptions): Promise<ExitCode> {
  const settings = await readSettings(app, named);
  const sources = sourcesMeant(settings, source === undefined ? undefined : [source]);
  const journal = await app.readJournal(settings.config);
  let count = 0;
  try {
    for (const line of journal ? listStrangers(journal, sources) : []) {
      stop.signal.throwIfAborted();
      count += 1;
      await (json ? screen.answer(JSON.stringify(line)) : screen.tell(inWords(line)));
    }
  } finally {
    journal?.close();
  }
  if (count === 0 && !json) await screen.answer('No video was found hidden behind a photo that only shares its name.');
  return 0;
}

const places: Readonly<Record<StrangerLine['state'], string>> = {
  asked: 'asked',
  parting: 'on its way',
  left: 'left',
  shown: 'shown again',
};
const placeColumns = 11;

function inWords({ state, path, reason }: StrangerLine): string {
  return `${places[state].padEnd(placeColumns)}  ${plain(path)}${reason === null ? '' : `  (${plain(reason)})`}`;
}

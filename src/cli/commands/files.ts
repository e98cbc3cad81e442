/** `files`: one line per file, streamed. */
import { Command } from 'commander';
import { type ExitCode, type FileLine, listFiles, places, statesMeant } from '../../desk/index.ts';
import { didYouMean, type State } from '../../domain/index.ts';
import { OwnerError } from '../../kernel/index.ts';
import { type Door, does, examples, type GlobalOptions, several } from '../door.ts';
import type { Paint } from '../paint.ts';
import { readSettings, sourcesMeant } from '../settings.ts';
import { clockTime, plain } from '../text.ts';

interface FilesOptions extends GlobalOptions {
  readonly state?: string;
  readonly source?: readonly string[];
}

export function filesCommand(door: Door): Command {
  return new Command('files')
    .description('one line per file: where it stands, and why')
    .option('--state <state>', `only these: ${places.join(', ')}`)
    .option('--source <name>', 'only this source (may be given several times)', several)
    .addHelpText('after', examples('homeroll files --state blocked', 'homeroll files --source Scanner --json | jq -r .path'))
    .action(does<FilesOptions>(door, (options) => list(door, options)));
}

async function list({ app, screen, stop }: Door, { config: named, json, state, source }: FilesOptions): Promise<ExitCode> {
  const states = state === undefined ? undefined : statesOf(state);
  const settings = await readSettings(app, named);
  const sources = sourcesMeant(settings, source);
  const journal = await app.readJournal(settings.config);
  if (!journal) return 0;
  try {
    for (const line of listFiles(journal, { sources, ...(states && { states }), nowMs: app.clock.now() })) {
      stop.signal.throwIfAborted();
      await screen.answer(json ? JSON.stringify(line) : inWords(line, screen.paint, settings.config.timeZone));
    }
    return 0;
  } finally {
    journal.close();
  }
}

function statesOf(word: string): readonly State[] {
  const states = statesMeant(word);
  if (states) return states;
  const near = didYouMean(word, places);
  throw new OwnerError(
    'no such state',
    `"${word}" is not a state. ${near === undefined ? `There is ${places.join(', ')}.` : `Did you mean "${near}"?`}`,
  );
}

// The longest place.
const placeColumns = 8;

function inWords({ state, path, reason, awaitsAnswerSince }: FileLine, paint: Paint, timeZone: string): string {
  const place = state === 'letGo' ? 'let go' : state;
  const padded = place.padEnd(placeColumns);
  const coloured = state === 'safe' ? paint.green(padded) : state === 'blocked' ? paint.red(padded) : padded;
  const said = awaitsAnswerSince === null ? reason : `sent, waits for Immich's answer since ${clockTime(awaitsAnswerSince, timeZone)}`;
  const why = said === null || state === 'safe' ? '' : paint.dim(`  (${plain(said)})`);
  return `${coloured}  ${plain(path)}${why}`;
}

/** `status`: the numbers, at any time, also while a Homeroll runs. */
import { Command } from 'commander';
import {
  type AwaitingAnswer,
  asConfigured,
  type ExitCode,
  exitCodeOf,
  hindranceOf,
  isAnythingUndone,
  keyOfHome,
  problemsNow,
  questionsOf,
  reasonsUndone,
  type SourceStatus,
  type Status,
  status,
  type Verification,
  verification,
} from '../../desk/index.ts';
import { formatSize, grouped, headline, type Numbers, standing } from '../../domain/index.ts';
import { type Door, does, examples, type GlobalOptions } from '../door.ts';
import type { Paint } from '../paint.ts';
import { readSettings } from '../settings.ts';
import { clockTime, plain, table, wrapped } from '../text.ts';
import { leftAloneInWords, needsInWords, oldestProofInWords, runningInWords } from '../verification.ts';

interface StatusOptions extends GlobalOptions {
  readonly check?: boolean;
}

export function statusCommand(door: Door): Command {
  return new Command('status')
    .description('how many photos and videos are safe, and what the others wait for')
    .option('--check', 'end with the exit code that `once` would end with')
    .addHelpText(
      'after',
      examples('homeroll status', 'homeroll status --json', 'homeroll status --check || echo "look after your pictures"'),
    )
    .action(does<StatusOptions>(door, (options) => show(door, options)));
}

async function show({ app, screen, stop }: Door, { config: named, json, check = false }: StatusOptions): Promise<ExitCode> {
  const { config } = await readSettings(app, named);
  const sources = config.sources.map(({ name }) => name);
  const immich = await app.askImmich(config, { withKeys: check }, stop.signal);
  const journal = await app.readJournal(config);
  try {
    const problems = problemsNow(journal, config);
    const answer = {
      ...status(journal, { sources, immich, nowMs: app.clock.now() }),
      problems,
      verification: verification(journal, config.sources, app.clock.now()),
    };
    const ofHome = problems.filter(({ key }) => key === keyOfHome).map((problem) => problem.sentence);
    const reasons = [...ofHome, ...(journal ? reasonsUndone(journal, sources) : [])];
    const look = { paint: screen.paint, columns: screen.columns, timeZone: config.timeZone, nowMs: app.clock.now(), reasons };
    await screen.answer(json ? JSON.stringify(answer, null, 2) : inWords(answer, look).join('\n'));
    if (!check) return 0;
    return exitCodeOf({ isAccountUnusable: immich.problem !== undefined, isSomethingUndone: isAnythingUndone(journal, sources) });
  } finally {
    journal?.close();
  }
}

interface Look {
  readonly paint: Paint;
  readonly columns: number;
  readonly timeZone: string;
  readonly nowMs: number;
  /** What stands in the way of the household being told, and why files are not done. */
  readonly reasons: readonly string[];
}

const rows: readonly (readonly [keyof Numbers, string])[] = [
  ['safe', 'safe'],
  ['stored', 'stored'],
  ['waiting', 'waiting'],
  ['blocked', 'blocked'],
  ['letGo', 'let go'],
  ['wanted', 'wanted in all'],
  ['unwanted', 'not wanted'],
  ['unjudged', 'not looked at yet'],
  ['gone', 'no longer on disk'],
];

function inWords(answer: Status & { readonly verification: Verification }, look: Look): readonly string[] {
  const { files, bytes, sources, immich, paused, oldestWaitingSince, proof, awaitingAnswer } = answer;
  const oldestMs = oldestWaitingSince === null ? undefined : look.nowMs - Date.parse(oldestWaitingSince);
  const numbers = table(
    rows.map(([key, means]) => [`  ${means}`, grouped(files[key]), formatSize(bytes[key])]),
    [1, 2],
  );
  const told = sources.flatMap((source) => sourceInWords(source, look));
  const { verification } = answer;
  const proofs = [oldestProofInWords(verification, look.nowMs), runningInWords(verification), leftAloneInWords(verification)].filter(
    (one) => one !== undefined,
  );
  const server = immich.problem ?? `Immich ${immich.version ?? ''} answers.`;
  return [
    look.paint.bold(headline(files, oldestMs)),
    '',
    ...numbers.map((line, index) => (rows[index]?.[0] === 'wanted' ? look.paint.bold(line) : line)),
    '',
    ...told,
    ...needsInWords(verification).map((need) => wrapped(look.paint.yellow(plain(need)), look.columns, '  ')),
    ...proofs.map((sentence) => wrapped(plain(sentence), look.columns, '  ')),
    ...(awaitingAnswer ? [wrapped(`  ${plain(awaitingInWords(awaitingAnswer, look.timeZone))}`, look.columns, '  ')] : []),
    ...look.reasons.map((reason) => wrapped(`  ${look.paint.yellow(plain(reason))}`, look.columns, '  ')),
    wrapped(immich.problem === undefined ? server : look.paint.yellow(plain(server)), look.columns, '  '),
    ...(proof === asConfigured ? [] : [look.paint.yellow(`Proof of all sources: ${proof}. \`homeroll proof as configured\` ends that.`)]),
    ...(paused ? [look.paint.yellow('Paused: `homeroll resume` goes on.')] : []),
  ];
}

/** `IMG_1.jpg: sent, waits for Immich's answer since 2026-11-30 21:04:12.` */
function awaitingInWords({ files, first, since }: AwaitingAnswer, timeZone: string): string {
  const more = files === 1 ? '' : ` So do ${grouped(files - 1)} more, sent later.`;
  return `${first}: sent, waits for Immich's answer since ${clockTime(since, timeZone)}.${more}`;
}

function sourceInWords(source: SourceStatus, { paint, columns, timeZone }: Look): readonly string[] {
  const { name, state, files, waitsFor, lastSweptAt, unreadable = [] } = source;
  const found = standing(files, lastSweptAt !== null);
  const seen = lastSweptAt === null ? 'not looked at yet' : `looked through ${clockTime(lastSweptAt, timeZone)}`;
  const hindrance = hindranceOf(source);
  const trouble = hindrance === undefined ? [] : [state === 'away' ? `away: ${plain(hindrance)}` : plain(hindrance)];
  return [
    wrapped(`${paint.bold(plain(name))}: ${found === seen ? found : `${found} (${seen})`}`, columns, '  '),
    ...(waitsFor === undefined ? [] : [wrapped(`  goes on when ${plain(waitsFor)}`, columns, '  ')]),
    ...[...trouble, ...unreadable.map(plain), ...questionsOf(source).map(plain)].map((sentence) =>
      wrapped(`  ${paint.yellow(sentence)}`, columns, '  '),
    ),
  ];
}

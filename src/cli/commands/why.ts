/** `why`: the whole history and the present reason of one file. */
import { Command } from 'commander';
import { type ExitCode, placeInWords, type WhyAnswer, whyFile } from '../../desk/index.ts';
import { formatSize, states } from '../../domain/index.ts';
import { type Door, does, examples, type GlobalOptions } from '../door.ts';
import { pathsMeant, unknownFile } from '../paths.ts';
import type { Screen } from '../screen.ts';
import { readSettings } from '../settings.ts';
import { clockTime, plain, tableWithin, wrapped } from '../text.ts';

interface WhyOptions extends GlobalOptions {
  readonly pathBase64?: string | boolean;
}

export function whyCommand(door: Door): Command {
  return new Command('why')
    .description('what became of a file, and why')
    .argument('[path]', 'the file')
    .option('--path-base64 [bytes]', 'the path in base64, for names that are no text')
    .addHelpText(
      'after',
      examples(
        'homeroll why /media/phones/anna/IMG_2041.HEIC',
        'homeroll why IMG_2041.HEIC --json',
        'homeroll why --path-base64 L21lZGlhL1xm',
      ),
    )
    .action(does<WhyOptions>(door, (options, path) => why(door, options, path)));
}

async function why({ app, screen }: Door, { config: named, json, pathBase64 }: WhyOptions, path: string | undefined): Promise<ExitCode> {
  const { config } = await readSettings(app, named);
  const candidates = await pathsMeant({ path, pathBase64 }, config.sources, app.surroundings);
  const journal = await app.readJournal(config);
  try {
    for (const candidate of journal ? candidates : []) {
      const answer = journal && whyFile(candidate, journal, app.clock.now());
      if (!answer) continue;
      await screen.answer(json ? JSON.stringify(answer, null, 2) : inWords(answer, screen, config.timeZone).join('\n'));
      return 0;
    }
    throw await unknownFile(candidates, config.sources, {
      journal,
      isAtWork: await app.isAtWork(config),
      kindAt: (path) => app.kindAt(path, config),
    });
  } finally {
    journal?.close();
  }
}

function inWords(answer: WhyAnswer, { paint, columns, room }: Screen, timeZone: string): readonly string[] {
  const {
    path,
    state,
    now,
    source,
    kind,
    sizeBytes,
    taken,
    camera,
    sha1,
    assetId,
    provenAt,
    albums,
    picture,
    namedAlike,
    history,
    awaitsAnswerSince,
  } = answer;
  const facts: readonly (readonly [string, string | null])[] = [
    ['source', source],
    ['kind', `${kind}, ${formatSize(sizeBytes)}`],
    ['goes with', picture.length === 0 ? null : quoted(picture)],
    ['beside it', namedAlike.length === 0 ? null : `${quoted(namedAlike)}: of the same name, and a picture of its own`],
    [
      'taken',
      taken && `${taken.local.replace('T', ' ')} (from: ${[taken.from, ...(taken.correctedBy ? [taken.correctedBy] : [])].join('; ')})`,
    ],
    [
      'in Immich',
      taken?.inImmich
        ? `${taken.inImmich.replace('T', ' ')}, as it reads the file (tell immich: true under clock sends it the other)`
        : null,
    ],
    ['camera', camera],
    ['albums', albums.length === 0 ? null : quoted(albums)],
    ['SHA-1', sha1],
    ['asset', assetId],
    ['sent', awaitsAnswerSince && `waits for Immich's answer since ${clockTime(awaitsAnswerSince, timeZone)}`],
    ['last proven', provenAt && clockTime(provenAt, timeZone)],
  ];
  const past = history.map(({ at, to, reason }) => [`  ${clockTime(at, timeZone)}`, to, plain(reason ?? states[to].means)]);
  return [
    paint.bold(plain(path)),
    ...[withPlace(placeInWords(state), now[0] ?? ''), ...now.slice(1)].map((sentence) => wrapped(plain(sentence), columns)),
    '',
    ...tableWithin(
      room,
      facts.flatMap(([name, value]) => (value === null ? [] : [[`  ${name}`, plain(value)]])),
    ),
    '',
    'What happened:',
    ...tableWithin(room, past).map((line) => paint.dim(line)),
  ];
}

/** Unless the sentence says the place itself: `Not wanted: "*.gif" is skipped.` */
function withPlace(place: string, first: string): string {
  return first.toLowerCase().includes(place.toLowerCase()) ? first : `${place}: ${first}`;
}

/** Names may hold commas: `"2026/June", "Holiday, 14–20 June 2026"`. */
function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

/** Are the folders there, can they be read, and how much of them can be believed? */
import type { SourceConfig } from '../../config/index.ts';
import { leftAloneNames, listLeftAlone } from '../../domain/index.ts';
import { type Disk, DiskError, isShare, isStillListed, joinPath, type Walked, walk } from '../../files/index.ts';
import type { Journal } from '../../journal/index.ts';
import { ignoreRulesOf, leftAloneIn, marksInQuestion } from '../../pipeline/index.ts';
import { asNoticed } from '../since-when-away.ts';
import { type Finding, note, ok, problem, warning } from './finding.ts';

export interface SourceParts {
  readonly disk: Disk;
  /** Undefined: none was ever written. */
  readonly journal: Journal | undefined;
  readonly isImmichStorage: (folder: string) => Promise<boolean>;
}

// Enough to meet the rights of other users' files, few enough for a share at the end of a slow line.
const sampleFiles = 200;
const sampleOpens = 10;

export async function checkSource(
  source: SourceConfig,
  { disk, journal, isImmichStorage }: SourceParts,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { name: about, folder } = source;
  const root = Buffer.from(folder);
  try {
    const stands = await disk.root(root);
    if (!stands) {
      return [
        problem(about, `${folder} is not there.`, 'Connect its disk or share, or correct "folder". Nothing counts as deleted meanwhile.'),
      ];
    }
    const { filesystem } = stands;
    const findings = [...(await checkReading(source, { disk, journal }, signal)), ...sayMarks(source, journal)];
    if (await isImmichStorage(folder)) {
      findings.push(problem(about, `${folder} is where Immich itself keeps its files.`, 'Name the folder your pictures come from.'));
    }
    if (filesystem.kind === 'pseudo')
      findings.push(problem(about, `${folder} is on ${filesystem.name}, where no pictures lie.`, 'Correct "folder".'));
    findings.push(
      isShare(filesystem)
        ? ok(about, `${folder} is on ${filesystem.name}: changes made by others are not announced there, so it is walked regularly.`)
        : ok(about, `${folder} is on ${filesystem.name}: changes are heard at once.`),
    );
    return findings;
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    const known = journal?.sources.all().find(({ name }) => name === about);
    return [problem(about, asNoticed(error.message, known, journal))];
  }
}

async function checkReading(
  source: SourceConfig,
  { disk, journal }: Pick<SourceParts, 'disk' | 'journal'>,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { name: about, folder } = source;
  const root = Buffer.from(folder);
  const known = journal?.sources.all().find(({ name }) => name === about);
  const rules = ignoreRulesOf(source, known && journal && { id: known.id, journal });
  const unreadable: string[] = [];
  const passed: Record<string, number> = {};
  let files = 0;
  let opened = 0;
  for await (const walked of walk(disk, root, { rules, signal })) {
    if (walked.kind === 'unreadable') unreadable.push(...(await sayUnreadable(walked, { disk, root }, signal)));
    if (walked.kind !== 'files') continue;
    for (const [name, count] of Object.entries(walked.leftAlone ?? {})) passed[name] = (passed[name] ?? 0) + count;
    for (const { name } of walked.files) {
      files++;
      if (opened >= sampleOpens) continue;
      opened++;
      const why = await unreadableBecause(disk, joinPath(joinPath(root, walked.folder), name));
      if (why !== undefined) unreadable.push(why);
    }
    if (files >= sampleFiles) break;
  }
  const [first] = unreadable;
  if (first !== undefined) {
    const more = unreadable.length > 1 ? ` (and ${unreadable.length - 1} more)` : '';
    // What to do about it stands in the sentence: it is another thing for each reason.
    return [problem(about, `${asNoticed(first, known, journal)}${more}`)];
  }
  const left = sayLeftAlone(source, { passed, journal });
  if (files === 0)
    return [
      warning(about, `${folder} can be read and is empty.`, 'If pictures should be in it, look whether its disk or share is mounted.'),
      ...left,
    ];
  return [ok(about, `${folder} can be read (${files >= sampleFiles ? `the first ${files} files` : `${files} files`} looked at).`), ...left];
}

/** Those that wait for an answer, or cannot be read. */
function sayMarks({ name }: SourceConfig, journal: Journal | undefined): readonly Finding[] {
  const known = journal?.sources.all().find((source) => source.name === name);
  return known && journal ? marksInQuestion(journal, known.id).map(({ sentence }) => warning(name, sentence)) : [];
}

/** As the last sweep counted it; where none was made yet, as far as was looked now. */
function sayLeftAlone(
  { name }: SourceConfig,
  { passed, journal }: { readonly passed: Readonly<Record<string, number>>; readonly journal: Journal | undefined },
): readonly Finding[] {
  const known = journal?.sources.all().find((source) => source.name === name);
  const swept = known?.sweptAtMs !== undefined && journal ? leftAloneIn(journal, known.id) : undefined;
  const counts = swept ?? passed;
  if (Object.keys(counts).length === 0) return [];
  const isByName = leftAloneNames.some((one) => one.name in counts);
  const cures = [
    isByName ? 'To have one backed up, take its name back in this source: ignore: { not: ["NAME"] }.' : '',
    '.nomedia' in counts ? 'To back up folders with a .nomedia: nomedia: ignore.' : '',
  ].filter(Boolean);
  return [note(name, [`Left alone in it, with all that they hold: ${listLeftAlone(counts, leftAloneNames)}.`, ...cures].join(' '))];
}

/** Whoever removes a folder while we look has not made it unreadable. */
async function sayUnreadable(
  { folder, name, why }: Walked & { kind: 'unreadable' },
  { disk, root }: { disk: Disk; root: Buffer },
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (why.kind !== 'vanished' || name || folder.length === 0) return [why.message];
  return (await isStillListed(disk, { root, folder }, signal)) ? [new DiskError('unnameable', joinPath(root, folder)).message] : [];
}

async function unreadableBecause(disk: Disk, path: Buffer): Promise<string | undefined> {
  try {
    await using _open = await disk.open(path);
    return undefined;
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return error.kind === 'vanished' || error.kind === 'not a file' ? undefined : error.message;
  }
}

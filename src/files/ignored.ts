/** Says what is left alone on a disk: by the table of names, less what the owner takes back, and by marks in folders. Pure; rules are plain data. */
import { type LeftAloneBy, leftAloneNames } from '../domain/index.ts';
import type { EntryKind } from './disk.ts';
import { matcher, watchSource } from './name-matcher.ts';
import { joinPath, type PathBytes } from './path-bytes.ts';
import { compilePatterns, type Patterns } from './patterns.ts';

/** Plain data, so that it can be handed to another process. */
export interface IgnoreRules {
  /** Names of the table that the owner takes back, spelled as there. */
  readonly takenBack: readonly string[];
  /** Marks in folders that count. Left out: none. */
  readonly marks?: readonly MarkThatCounts[];
  /** Folders that marks left alone when they were last walked, written as those of marks. Left out: not known. */
  readonly unwatched?: readonly string[];
}

/** `.nomedia`: its folder is left alone, with all below. `.homerollignore`: what its patterns fit, in and below its folder. */
export type MarkKind = keyof typeof markNames;

export const markNames = { nomedia: '.nomedia', patterns: '.homerollignore' } as const;

export interface MarkThatCounts {
  readonly kind: MarkKind;
  /** Where it lies, relative to the source; one character for each byte, since a path need not be text. */
  readonly folder: string;
  /** Of `patterns`: the file's content, one character for each byte. */
  readonly text: string;
}

/** What holds where the owner wrote nothing. */
export const usualRules: IgnoreRules = { takenBack: [] };

interface Entry {
  readonly name: Buffer;
  /** Where it is unknown, only what is left alone as a file and as a folder is. */
  readonly kind: EntryKind | 'unknown';
}

/** @param folder relative to the source: by its name the source's own root is never left alone, nor what lies above it */
export type LeaveAlone = (folder: PathBytes, entry: Entry) => LeftAloneBy | undefined;

/** To be made once and asked often. */
export function leaveAlone({ takenBack, marks = [] }: IgnoreRules): LeaveAlone {
  const names = leftAloneNames.filter(({ name }) => !takenBack.includes(name));
  const [files, folders, either] = [matcher(names, 'file', 'either'), matcher(names, 'folder', 'either'), matcher(names, 'either')];
  const byMark = marks.length === 0 ? undefined : leaveByMarks(marks);
  return (folder, entry) => {
    // latin1 gives one character for each byte: the table is ASCII, the name need not even be text.
    const text = `${folder.subarray(folder.lastIndexOf(slash) + 1).toString('latin1')}/${entry.name.toString('latin1')}`;
    const byName = entry.kind === 'file' ? files : entry.kind === 'folder' ? folders : either;
    return byName(text) ?? byMark?.(folder, entry);
  };
}

const slash = 0x2f;

function leaveByMarks(marks: readonly MarkThatCounts[]): LeaveAlone {
  const noMedia = new Set(marks.flatMap(({ kind, folder }) => (kind === 'nomedia' ? [folder] : [])));
  const patterns = new Map<string, Patterns>();
  for (const { kind, folder, text } of marks) if (kind === 'patterns') patterns.set(folder, compilePatterns(text));
  return (folder, { name, kind }) => {
    const path = joinPath(folder, name).toString('latin1');
    if (noMedia.has('')) return { mark: 'nomedia', folder: '' };
    if (kind === 'folder' && noMedia.has(path)) return { mark: 'nomedia', folder: path };
    if (patterns.size === 0 || path === '') return undefined;
    // The nearest rules that say anything decide, as with git.
    for (const above of foldersAbove(path)) {
      const opinion = patterns.get(above)?.opinionOn(above === '' ? path : path.slice(above.length + 1), kind === 'folder');
      if (opinion !== undefined) return opinion === 'left' ? { mark: 'patterns', folder: above } : undefined;
    }
    return undefined;
  };
}

/** The innermost first; the last is the source's root. */
function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) folders.push(path.slice(0, cut));
  return [...folders, ''];
}

export interface LeftAlone {
  readonly by: LeftAloneBy;
  /** What is left alone, with all that it holds. */
  readonly path: PathBytes;
}

/** By what a path is left alone, and where that lies. @param kind of what lies at its end */
export function leftAloneAt(leave: LeaveAlone, path: PathBytes, kind: EntryKind | 'unknown' = 'unknown'): LeftAlone | undefined {
  // A source's own folder can be left alone by a mark in it only.
  const all = path.length === 0 ? leave(path, { name: path, kind: 'folder' }) : undefined;
  if (all) return { by: all, path };
  for (let start = 0; start < path.length; ) {
    const next = path.indexOf(slash, start);
    const end = next < 0 ? path.length : next;
    const folder = path.subarray(0, Math.max(0, start - 1));
    const by = leave(folder, { name: path.subarray(start, end), kind: next < 0 ? kind : 'folder' });
    if (by) return { by, path: path.subarray(0, end) };
    start = end + 1;
  }
  return undefined;
}

/** By the table alone. */
export function isIgnoredPath(path: PathBytes, leave: LeaveAlone = leaveUsual): boolean {
  return leftAloneAt(leave, path) !== undefined;
}

const leaveUsual = leaveAlone(usualRules);

/** Folders that need not be watched, because a mark leaves them alone: for as long as it does. */
export function foldersLeftByMarks(rules: IgnoreRules): readonly PathBytes[] {
  const { marks = [], unwatched = [] } = rules;
  const leave = leaveAlone(rules);
  const folders = [...marks.flatMap(({ kind, folder }) => (kind === 'nomedia' && folder !== '' ? [folder] : [])), ...unwatched];
  return folders.map((folder) => Buffer.from(folder, 'latin1')).filter((folder) => leftAloneAt(leave, folder, 'folder'));
}

/** The rules without the marks that their own folders are walked by: whether such a mark is still there, only a look at it tells. */
export function withoutNoMedia({ marks = [], ...rules }: IgnoreRules): IgnoreRules {
  return { ...rules, marks: marks.filter(({ kind }) => kind !== 'nomedia') };
}

/**
 * For the system's watcher: matches paths that lead through a folder that is left alone by its name. A string for other engines than
 * JavaScript's, so it has no flags and no look around.
 */
export function watchPattern({ takenBack }: IgnoreRules): RegExp {
  return watchSource(leftAloneNames.filter(({ name, of }) => of !== 'file' && !takenBack.includes(name)));
}

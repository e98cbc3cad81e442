/** Says whether a file is wanted. Pure: what is known of the file and the owner's rules in, a verdict out. */
import { assertNever } from '../kernel/index.ts';
import type { Glob } from './glob.ts';
import type { Kind } from './kind.ts';
import type { TakenAt } from './taken-at.ts';

export type Condition =
  | { readonly kind: 'only'; readonly kinds: readonly Kind[] }
  /** Lower case, without the dot. */
  | { readonly kind: 'extensions'; readonly extensions: readonly string[] }
  | { readonly kind: 'include'; readonly globs: readonly Glob[] }
  | { readonly kind: 'skip'; readonly glob: Glob }
  /** `said`: the size in the owner's words. */
  | { readonly kind: 'smaller than' | 'larger than'; readonly sizeBytes: number; readonly said: string }
  /** `date`: local, `2001-01-01`; the day itself is neither before nor after. */
  | { readonly kind: 'taken before' | 'taken after'; readonly date: string }
  /** `epochMs`: the instant at which that day begins (before) or is over (after) for the owner. */
  | { readonly kind: 'file before' | 'file after'; readonly date: string; readonly epochMs: number }
  | { readonly kind: 'camera'; readonly glob: Glob };

/** `where`: the place it is written, `homeroll.yaml:22`. */
export type Rule = Condition & { readonly where: string };

export interface FileFacts {
  readonly kind: Kind;
  /** Lower case, without the dot; empty when there is none. */
  readonly extension: string;
  /** Relative to the source, with `/`. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** Left out while the file has not been opened; rules about it then say nothing. */
  readonly taken?: TakenAt;
  /** Make and model, as the picture tells them. */
  readonly camera?: string;
}

export type Verdict =
  | { readonly kind: 'wanted' }
  /** `reason`: a whole phrase for people; `rule`: the place of the rule that decided, where it was one. */
  | { readonly kind: 'unwanted'; readonly reason: string; readonly rule?: string };

/**
 * The verdict of the first rule that speaks against the file. When in doubt a file is wanted: a date or camera that is not known matches
 * nothing. So a file may be judged before it is opened, and again with what it says of itself.
 * A sidecar goes the way of its picture, unless it is skipped by name.
 */
export function judge(facts: FileFacts, rules: readonly Rule[]): Verdict {
  if (facts.kind === 'other') return { kind: 'unwanted', reason: `not wanted: ${describeOther(facts.extension)}` };
  if (facts.sizeBytes === 0) return { kind: 'unwanted', reason: 'not wanted: empty (0 bytes)' };
  const against = rules.find((rule) => (facts.kind !== 'sidecar' || rule.kind === 'skip') && speaksAgainst(rule, facts));
  if (!against) return { kind: 'wanted' };
  return { kind: 'unwanted', reason: `not wanted: ${describe(against, facts)} (rule at ${against.where})`, rule: against.where };
}

function speaksAgainst(rule: Rule, facts: FileFacts): boolean {
  switch (rule.kind) {
    case 'only':
      return !rule.kinds.includes(facts.kind);
    case 'extensions':
      return !rule.extensions.includes(facts.extension);
    case 'include':
      return !rule.globs.some((glob) => glob.matches(facts.path));
    case 'skip':
      return rule.glob.matches(facts.path);
    case 'smaller than':
      return facts.sizeBytes < rule.sizeBytes;
    case 'larger than':
      return facts.sizeBytes > rule.sizeBytes;
    case 'taken before':
      return dayTaken(facts) < rule.date && dayTaken(facts) !== '';
    case 'taken after':
      return dayTaken(facts) > rule.date;
    case 'file before':
      return facts.modifiedAtMs < rule.epochMs;
    case 'file after':
      return facts.modifiedAtMs >= rule.epochMs;
    case 'camera':
      return facts.camera !== undefined && rule.glob.matches(facts.camera);
    default:
      return assertNever(rule);
  }
}

/** Empty when the picture does not tell: a time of change is no date taken, and sync apps make 1970 of it. */
function dayTaken({ taken }: FileFacts): string {
  const isKnown = taken && taken.from !== 'modification time' && taken.from !== 'EXIF date of change';
  return isKnown ? taken.local.slice(0, 10) : '';
}

function describe(rule: Rule, facts: FileFacts): string {
  switch (rule.kind) {
    case 'only':
      return `a ${facts.kind}, and only ${rule.kinds.map((kind) => `${kind}s`).join(' and ')} are`;
    case 'extensions':
      return facts.extension === '' ? 'a name without extension' : `.${facts.extension} is not among the extensions`;
    case 'include':
      return `not among ${rule.globs.map(({ text }) => `"${text}"`).join(', ')}`;
    case 'skip':
      return `"${rule.glob.text}" is skipped`;
    case 'smaller than':
    case 'larger than':
      return `${rule.kind} ${rule.said}`;
    case 'taken before':
    case 'taken after':
    case 'file before':
    case 'file after':
      return `${rule.kind} ${rule.date}`;
    case 'camera':
      return `camera "${facts.camera ?? ''}" is skipped by "${rule.glob.text}"`;
    default:
      return assertNever(rule);
  }
}

function describeOther(extension: string): string {
  return extension === '' ? 'Immich takes no files without extension' : `Immich takes no .${extension} files`;
}

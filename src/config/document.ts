/** Reads YAML and remembers on which line everything stands. The only place that knows how the text is parsed. */
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument, visit, type YAMLError } from 'yaml';
import { guess } from '../domain/index.ts';
import { inOrder, type Path, type Problem } from './problem.ts';

/** `!secret NAME` or `!env NAME`, not looked up yet. */
export class Reference {
  readonly to: 'secret' | 'env';
  readonly name: string;
  constructor(to: 'secret' | 'env', name: string) {
    this.to = to;
    this.name = name;
  }
}

export interface OwnersDocument {
  /** Plain values and {@link Reference}s; meaningless when there are problems. */
  readonly tree: unknown;
  readonly problems: readonly Problem[];
  /** The line (from 1) on which the value at `path` is named; that of the nearest thing above it when it is not there. */
  lineOf(path: Path): number;
}

const tags = (['secret', 'env'] as const).map((to) => ({
  tag: `!${to}`,
  resolve: (name: string, onError: (message: string) => void) => {
    if (name.trim() === '') onError(`write a name after !${to}`);
    return new Reference(to, name.trim());
  },
}));

export function readDocument(text: string, file: string): OwnersDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, customTags: tags });
  const problems = [...document.errors, ...document.warnings].map((error) => {
    const cut = cutOffByComment(error, text);
    return {
      file,
      line: lines.linePos(cut?.at ?? error.pos[0]).line,
      sentence: cut ? `"${cut.word}" must stand in quotes: # begins a comment.` : sentenceFor(error, text),
    };
  });
  problems.push(...aliasProblems(document, (offset) => lines.linePos(offset).line, file));
  let tree: unknown;
  try {
    tree = problems.length === 0 ? document.toJS({ maxAliasCount: aliasBound }) : undefined;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    problems.push({ file, line: 1, sentence: 'The aliases (*name) of this file unfold into far too much: write them out.' });
  }
  return { tree, problems: inOrder(problems), lineOf: (path) => lines.linePos(offsetOf(document, path)).line };
}

/**
 * secrets.yaml: every value is the text that stands there, since a key of digits only is a number to YAML and would lose some of them.
 * What is wrong is said without repeating any of it.
 */
export function readSecretLines(text: string, file: string): Pick<OwnersDocument, 'tree' | 'problems'> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'failsafe' });
  const wrongLines = new Set([...document.errors, ...document.warnings].map(({ pos }) => lines.linePos(pos[0]).line));
  visit(document, { Alias: (_, alias) => void wrongLines.add(lines.linePos(startOf(alias) ?? 0).line) });
  const sentence = 'This line is not of the form name: text. Is the name there twice, or must the text stand in quotes?';
  return {
    tree: wrongLines.size === 0 ? document.toJS() : undefined,
    problems: inOrder([...wrongLines].map((line) => ({ file, line, sentence }))),
  };
}

// yaml refuses a document whose aliases would unfold into more than this many times its own size.
const aliasBound = 100;

/** `skip: [*.gif]` without quotes is, to YAML, a mention of something named `.gif`: the commonest slip in such a file. */
function aliasProblems(document: Document, lineAt: (offset: number) => number, file: string): readonly Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Alias(_, alias, above) {
      const target = alias.resolve(document);
      if (alias.source === '' || (target && !above.includes(target))) return;
      const sentence = target ? `"*${alias.source}" stands for itself.` : `"*${alias.source}" must stand in quotes.`;
      problems.push({ file, line: lineAt(startOf(alias) ?? 0), sentence });
    },
  });
  return problems;
}

function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      offset = startOf(pair?.key) ?? offset;
      node = pair?.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = startOf(node) ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}

function sentenceFor({ code, message, pos }: YAMLError, text: string): string {
  const here = text.slice(pos[0], pos[1]);
  switch (code) {
    case 'DUPLICATE_KEY':
      return `"${/^[^:\n]*/.exec(text.slice(pos[0]))?.[0].trim()}" stands here for the second time: leave one of them out.`;
    case 'TAB_AS_INDENT':
      return 'This line begins with a tab: use blanks instead.';
    case 'TAG_RESOLVE_FAILED': {
      const tag = /!\S*/.exec(message)?.[0] ?? here;
      return tag === '!secret' || tag === '!env'
        ? `After ${tag} comes one name, as in: key: ${tag} anna_immich_key`
        : `"${tag}" is not known.${guess(tag, ['!secret', '!env'])}`;
    }
    case 'BAD_ALIAS':
      return `"${here.trim()}" must stand in quotes: it begins with * or &.`;
    case 'MULTIPLE_DOCS':
      return 'A second document begins below this line: leave out the line "---".';
    case 'BAD_INDENT':
    case 'MULTILINE_IMPLICIT_KEY':
    case 'MISSING_CHAR':
    case 'BLOCK_AS_IMPLICIT_KEY':
      return `This is not YAML: ${plain(message)}. Look at the indentation and the quotes of this line and the one above it.`;
    default:
      return `This is not YAML: ${plain(message)}.`;
  }
}

/** `not: [#recycle]` without quotes opens a list, and its end is a comment. */
function cutOffByComment({ code, pos }: YAMLError, text: string): { readonly at: number; readonly word: string } | undefined {
  if (code !== 'BAD_INDENT' && code !== 'MISSING_CHAR') return undefined;
  const lineEnd = text.indexOf('\n', pos[0]);
  const until = text.slice(0, lineEnd < 0 ? undefined : lineEnd);
  const last = [...until.matchAll(/[[{,:][ \t]*(#[^\s\]},]+).*$/gm)].at(-1);
  const isNear = last !== undefined && until.slice(last.index).split('\n').length <= 2;
  return isNear ? { at: last.index, word: last[1] ?? '' } : undefined;
}

function plain(message: string): string {
  return message.split('\n')[0]?.replace(/[.:\s]+$/, '') ?? '';
}

/** Turns what the schema has against an owner's file into sentences. */
import { z } from 'zod';
import { didYouMean, guess } from '../domain/index.ts';
import { Secret } from '../kernel/index.ts';
import { keysOfLaterVersions } from './later.ts';
import { blockOf, look, lookAt } from './look.ts';
import type { Path } from './problem.ts';
import { ownersFile } from './schema.ts';
import { notText } from './values.ts';

export interface Fault {
  readonly path: Path;
  readonly sentence: string;
}

type Issue = z.core.$ZodIssue;

/** All that the schema refuses in `tree`, or what it makes of it. */
export function parseTree(tree: unknown): { readonly written?: z.output<typeof ownersFile>; readonly faults: readonly Fault[] } {
  const parsed = ownersFile.safeParse(tree, { reportInput: true });
  return parsed.success ? { written: parsed.data, faults: [] } : { faults: explainAll(parsed.error.issues, []) };
}

/**
 * A key that is missing because it is misspelt, or because something of a later version stands in its place, is said once; and what a block
 * lacks as a whole is not said while it has keys that nobody knows.
 */
function explainAll(issues: readonly Issue[], above: Path): readonly Fault[] {
  const strangersIn = (block: Path): readonly string[] =>
    issues.flatMap((issue) => (issue.code === 'unrecognized_keys' && samePath(issue.path, block) ? issue.keys : []));
  const isSaid = ({ code, input, path }: Issue): boolean => {
    if (code === 'custom' && strangersIn(path).length > 0) return true;
    const isMeant = (stranger: string): boolean =>
      keysOfLaterVersions.has(stranger) || didYouMean(stranger, [String(path.at(-1))]) !== undefined;
    return input === undefined && strangersIn(path.slice(0, -1)).some(isMeant);
  };
  return issues.filter((issue) => !isSaid(issue)).flatMap((issue) => explain(issue, above));
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}

function explain(issue: Issue, above: Path): readonly Fault[] {
  const path = [...above, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], sentence: unknownKey(key, path) }));
    case 'invalid_union': {
      const meant = issue.errors.find((branch) => branch.every(({ path, code }) => path.length > 0 || !isOfAnotherForm(code)));
      return meant ? explainAll(meant, path) : [{ path, sentence: notAChoice(issue.input, path) }];
    }
    case 'invalid_value':
      return [{ path, sentence: issue.message.startsWith('Invalid') ? notAChoice(issue.input, path) : issue.message }];
    case 'invalid_type':
      return [{ path, sentence: `${subjectOf(path)} ${mustBe(issue.expected, issue.input, path)}` }];
    default:
      if (issue.message === notText) return [{ path, sentence: `${nameOf(path)} ${mustBe('string', issue.input, path)}` }];
      return [{ path, sentence: /^[a-z]/.test(issue.message) ? `${nameOf(path)} ${issue.message}` : issue.message }];
  }
}

/** Says that the owner did not write this form at all, so another choice was meant. */
function isOfAnotherForm(code: Issue['code']): boolean {
  return code === 'invalid_type' || code === 'invalid_value' || code === 'invalid_format';
}

function unknownKey(key: string, path: Path): string {
  const { block, noun = 'a setting' } = blockOf(lookAt(ownersFile, path)?.schema ?? ownersFile) ?? {};
  const known = Object.keys(block?.shape ?? {});
  if (keysOfLaterVersions.has(key)) return `"${key}" is not in this version.`;
  const hint = guess(key, known);
  return `"${key}" is not ${noun}.${hint || ` There is ${known.map((name) => `"${name}"`).join(', ')}.`}`;
}

function notAChoice(input: unknown, path: Path): string {
  if (input === undefined || input === null) return `${nameOf(path)} ${mustBe('one of its choices', input, path)}`;
  const choices = choicesAt(path);
  const said = typeof input === 'string' || typeof input === 'number' || typeof input === 'boolean' ? `"${input}"` : 'This';
  const words = choices.filter((choice) => !choice.startsWith('{'));
  const meant = typeof input === 'string' ? didYouMean(input, words) : undefined;
  return meant
    ? `${said} is not possible for ${nameOf(path)}. Did you mean "${meant}"?`
    : `${said} is not possible for ${nameOf(path)}: write ${oneOf(choices)}.`;
}

function oneOf(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join() : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

function choicesAt(path: Path): string[] {
  const schema = lookAt(ownersFile, path)?.schema;
  const options = schema instanceof z.ZodUnion ? schema.options : [schema];
  return options.flatMap((option) => {
    if (option instanceof z.ZodEnum) return option.options.map(String);
    if (option instanceof z.ZodLiteral) return [...option.values].map(String);
    const { block } = (option && blockOf(option)) ?? {};
    if (block) return [`{ ${Object.keys(block.shape)[0]}: … }`];
    return [inYaml((option && look(option).example) ?? 'a text in quotes')];
  });
}

function mustBe(expected: string, found: unknown, path: Path): string {
  const { schema, example, isOptional = true } = lookAt(ownersFile, path) ?? {};
  const key = String(path.at(-1));
  const cure = example === undefined || typeof path.at(-1) === 'number' ? '' : `, as in: ${key}: ${inYaml(example)}`;
  if (found === undefined) return `is missing${cure || '.'}`;
  if (found === null) return isOptional ? 'is empty: give it a value, or leave the line out.' : `is empty${cure || ': give it a value.'}`;
  if (found instanceof Secret) return 'must be written out: !secret and !env are for keys and addresses.';
  if (expected === 'string') {
    if (unitIsMissing(found, example)) return `needs a unit${cure}`;
    // The value is not repeated: it may be a key.
    const isPlain = typeof found === 'number' || typeof found === 'boolean';
    return isPlain ? 'must be text: put it in quotes.' : `must be text${cure || '.'}`;
  }
  if (expected === 'array') return `must be a list${cure || ', in square brackets or with a dash before each.'}`;
  if (expected === 'boolean') return 'must be true or false.';
  const [first] = Object.keys((schema && blockOf(schema)?.block.shape) ?? {});
  return `must be a block of settings${cure || (first === undefined ? '.' : `, as in: { ${first}: … }`)}`;
}

function unitIsMissing(found: unknown, example: unknown): boolean {
  return typeof found === 'number' && typeof example === 'string' && /^[+-]?\d+ ?\D+$/.test(example);
}

function nameOf(path: Path): string {
  const named = path.findLastIndex((step) => typeof step !== 'number');
  return named < 0 ? 'The file' : `"${String(path[named])}"`;
}

/** Of a list it may be one entry that is wrong, and not the list. */
function subjectOf(path: Path): string {
  return typeof path.at(-1) === 'number' ? `An entry of ${nameOf(path)}` : nameOf(path);
}

/** As an owner would write it on one line. */
function inYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inYaml).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${inYaml(inner)}`)
      .join(', ')} }`;
  }
  return typeof value === 'string' && /[*{}[\],&#]/.test(value) ? `"${value}"` : String(value);
}

/** The reference of all settings in Markdown, made from the schema, so that it cannot tell anything else. */
import type { z } from 'zod';
import { leftAloneNames } from '../domain/index.ts';
import { blockOf, type Look, look, lookAt } from './look.ts';
import { ownersFile } from './schema.ts';

/** Blocks in the order of the page: title, and the path that leads there. */
const chapters: readonly (readonly [title: string, path: readonly string[]])[] = [
  ['The file', []],
  ['`immich`', ['immich']],
  ['An account', ['immich', 'accounts', '*']],
  ['A source', ['sources', '*']],
  ['A moment under `when`', ['sources', '*', 'when']],
  ['A limit under `only while`', ['sources', '*', 'only while']],
  ['Conditions under `skip`', ['sources', '*', 'skip', '*']],
  ['A correction under `clock`', ['sources', '*', 'clock']],
  ['What is left alone', ['sources', '*', 'ignore']],
  ['A share of files to prove', ['sources', '*', 'proof']],
  ['An album with settings', ['sources', '*', 'albums', '*']],
  ['An event', ['events', '*']],
  ['A way to tell', ['tell', '*']],
  ['`mqtt`', ['mqtt']],
  ['`home assistant`', ['home assistant']],
];

const opening = '<!-- settings: made from the schema, see src/config/docs.test.ts -->';
const closing = '<!-- end of settings -->';

/** The page with its tables made anew; what stands around them stays. */
export function withSettings(page: string): string {
  const [start, end] = [page.indexOf(opening), page.indexOf(closing)];
  if (start < 0 || end < start) throw new Error(`the page has no place for the settings, between ${opening} and ${closing}`);
  return `${page.slice(0, start + opening.length)}\n\n${settingsTable()}\n\n${page.slice(end)}`;
}

/** Tables of every key: what it means, and what holds when it is left out. */
export function settingsTable(): string {
  const tables = chapters.map(([title, path]) => {
    const rows = Object.entries(blockAt(path).shape).map(([key, schema]) => row(key, look(schema)));
    return [`### ${title}`, '', '| key | means | left out |', '| --- | --- | --- |', ...rows].join('\n');
  });
  return [...tables, namesTable()].join('\n\n');
}

/** What `ignore` is about. */
function namesTable(): string {
  const rows = leftAloneNames.map(({ name, of, what, source }) => `| \`${name}\` | ${kinds[of]} | ${what} | ${source} |`);
  return ['### Names that are left alone', '', '| name | of | what it is | made by |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

const kinds = { folder: 'folders', file: 'files', either: 'both' } as const;

function row(key: string, { description = '', isOptional, fallback }: Look): string {
  const leftOut = fallback === undefined ? (isOptional ? '–' : '**required**') : `\`${shown(fallback)}\``;
  return `| \`${key}\` | ${description.replaceAll('|', '\\|')} | ${leftOut} |`;
}

function shown(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
}

function blockAt(path: readonly string[]): z.ZodObject {
  const place = lookAt(ownersFile, path);
  const found = place && blockOf(place.schema);
  if (!found) throw new Error(`no block at ${path.join('.')}`);
  return found.block;
}

/** What `npm run dates -- --write` puts into docs/reliability.md. Pure. */
import { type Comparison, type Reason, reasons } from './compare.ts';
import { linesOf, type Row, tableOf } from './table.ts';

export interface Collection {
  readonly name: string;
  readonly rows: readonly Row[];
}

const marks = ['<!-- dates: made by npm run dates -- --write -->', '<!-- end of dates -->'] as const;

/** The page with the tables between its marks renewed. */
export function withTables(page: string, collections: readonly Collection[]): string {
  const [begin, end] = marks;
  const [after, before] = [page.indexOf(begin) + begin.length, page.indexOf(end)];
  if (!page.includes(begin) || before < after) throw new Error('docs/reliability.md has no place for the table of dates');
  return `${page.slice(0, after)}\n\n${tablesOf(collections)}\n\n${page.slice(before)}`;
}

export function tablesOf(collections: readonly Collection[]): string {
  const rows = collections.flatMap((collection) => collection.rows);
  return [tableOf(linesOf(rows), { isMarkdown: true }), collectionTable(collections), reasonTable(rows)].join('\n\n');
}

function collectionTable(collections: readonly Collection[]): string {
  const lines = collections.map(({ name, rows }) => {
    const count = (isSo: (comparison: Comparison) => boolean): number => rows.filter(({ comparison }) => isSo(comparison)).length;
    return `| ${name} | ${rows.length} | ${count((one) => typeof one === 'object')} | ${count((one) => one === 'another month')} |`;
  });
  return ['| collection | pictures | explained | other month |', '| --- | ---: | ---: | ---: |', ...lines].join('\n');
}

function reasonTable(rows: readonly Row[]): string {
  const lines = reasons.map((reason: Reason) => {
    const pictures = rows.filter(({ comparison }) => comparison === reason).length;
    return `| ${reason.title} | ${pictures} | ${reason.why} |`;
  });
  return ['| explained by | pictures | why they differ |', '| --- | ---: | --- |', ...lines].join('\n');
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reasons } from './compare.ts';
import { tablesOf, withTables } from './page.ts';
import { linesOf, type Row, tableOf } from './table.ts';

const row = (format: string, wish: Partial<Row> = {}): Row => ({
  format,
  comparison: 'same moment',
  isBySecondReader: false,
  ms: 1,
  ...wish,
});
const [reason] = reasons;
const rows: readonly Row[] = [
  row('mkv', { comparison: 'another month', isBySecondReader: true, ms: 12.4 }),
  row('jpg', { ms: 3 }),
  row('jpg', { ms: 1, comparison: 'same month' }),
  row('jpg', { ms: 200, ...(reason && { comparison: reason }) }),
];

describe('the table of dates', () => {
  it('has a line for each format, the most frequent first, and one for all', () => {
    assert.deepEqual(
      linesOf(rows).map(({ format, pictures, isSecond, sameMoment, sameMonth, explained, unexplained }) => [
        ...[format, pictures, isSecond, sameMoment, sameMonth, explained, unexplained],
      ]),
      [
        ['jpg', 3, 0, 1, 1, 1, 0],
        ['mkv', 1, 1, 0, 0, 0, 1],
        ['all', 4, 1, 1, 1, 1, 1],
      ],
    );
  });

  it('tells the time that half of the pictures took at most, so that a slow one does not hide the others', () =>
    assert.deepEqual(
      linesOf(rows).map(({ medianMs }) => medianMs),
      [3, 12.4, 12.4],
    ));

  it('is of nothing where nothing was compared', () => assert.match(tableOf(linesOf([]), { isMarkdown: false }), /\nall +0 /));

  it('stands in columns on a terminal, and in bars on a page', () => {
    const [head, ...lines] = tableOf(linesOf(rows), { isMarkdown: false }).split('\n');
    assert.ok(lines.every(({ length }) => length === head?.length));
    assert.match(
      tableOf(linesOf(rows), { isMarkdown: true }),
      /^\| format \| .*\n\| --- \| ---: .*\n\| jpg \| 3 \| 0 \| 3\.0 \| 1 \| 1 \| 1 \| 0 \|\n/,
    );
  });
});

describe('the page', () => {
  const page = 'Before.\n\n<!-- dates: made by npm run dates -- --write -->\n\nold\n\n<!-- end of dates -->\n\nAfter.\n';
  const collections = [{ name: 'samples', rows }];

  it('gets its tables between its marks, and keeps the rest', () => {
    const written = withTables(page, collections);
    assert.equal(written, page.replace('old', tablesOf(collections)));
    assert.equal(withTables(written, collections), written);
  });

  it('names each collection, and each reason, those without a picture too', () => {
    const tables = tablesOf(collections);
    assert.match(tables, /\| samples \| 4 \| 1 \| 1 \|/);
    for (const { title } of reasons) assert.ok(tables.includes(`| ${title} | ${title === reason?.title ? 1 : 0} | `), title);
  });

  it('without its marks is not written over', () => assert.throws(() => withTables('Before.', collections), /no place/));
});

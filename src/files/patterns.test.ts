/** The rules of a `.homerollignore`, held against what git does with them. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { leaveAlone, leftAloneAt, type MarkThatCounts } from './ignored.ts';

const patterns = (folder: string, ...lines: readonly string[]): MarkThatCounts => ({
  kind: 'patterns',
  folder: Buffer.from(folder).toString('latin1'),
  text: Buffer.from(lines.join('\n')).toString('latin1'),
});
const isLeft = (marks: readonly MarkThatCounts[], path: string | Buffer, kind: 'file' | 'folder' = 'file'): boolean =>
  leftAloneAt(leaveAlone({ takenBack: [], marks }), Buffer.from(path), kind) !== undefined;

describe('rules in a folder', () => {
  for (const { name, marks, left = [], kept = [] } of [
    { name: 'are about names at any depth below', marks: [patterns('', '*.gif')], left: ['a.gif', 'x/y/b.gif'], kept: ['a.jpg', 'a.GIF'] },
    {
      name: 'with a slash are about that place',
      marks: [patterns('x', '/raw', 'y/*.png')],
      left: ['x/raw/a.jpg', 'x/y/a.png'],
      kept: ['raw/a.jpg', 'x/z/raw/a.jpg', 'y/a.png'],
    },
    {
      name: 'that end in a slash are about folders',
      marks: [patterns('', 'raw/')],
      left: ['raw/a.jpg', 'x/raw/b.jpg'],
      kept: ['raw', 'x/raw.jpg'],
    },
    { name: 'may come from Windows', marks: [patterns('', '\ufeff*.gif\r', 'raw/\r')], left: ['a.gif', 'raw/a.jpg'], kept: ['a.jpg'] },
    {
      name: 'take back with an exclamation mark',
      marks: [patterns('', '*.jpg', '!keep.jpg')],
      left: ['a.jpg'],
      kept: ['keep.jpg', 'x/keep.jpg'],
    },
    {
      name: 'take nothing back out of a folder that is left alone',
      marks: [patterns('', 'raw/', '!raw/keep.jpg')],
      left: ['raw/keep.jpg'],
    },
    {
      name: 'further down go first',
      marks: [patterns('', '*.jpg'), patterns('best', '!*.jpg')],
      left: ['a.jpg', 'x/a.jpg'],
      kept: ['best/a.jpg', 'best/of/b.jpg'],
    },
    {
      name: 'further down may take a folder back',
      marks: [patterns('', 'raw/'), patterns('x', '!raw/')],
      left: ['raw/a.jpg'],
      kept: ['x/raw/a.jpg'],
    },
    { name: 'may be remarks, or empty', marks: [patterns('', '# nothing', '', '   ')], kept: ['a.jpg', '# nothing'] },
    {
      name: 'know names in any script',
      marks: [patterns('Bücher', 'ä*.jpg')],
      left: ['Bücher/ä1.jpg'],
      kept: ['Bücher/a1.jpg', 'Bucher/ä1.jpg'],
    },
  ] as readonly { name: string; marks: readonly MarkThatCounts[]; left?: readonly string[]; kept?: readonly string[] }[])
    it(name, () => {
      for (const path of left) assert.ok(isLeft(marks, path), `${path} is left alone`);
      for (const path of kept) assert.ok(!isLeft(marks, path), `${path} is kept`);
    });

  it('fit names that are no text', () => {
    assert.ok(isLeft([patterns('', '*.jpg')], Buffer.from([0x61, 0xff, 0xfe, 0x2e, 0x6a, 0x70, 0x67])));
    assert.ok(isLeft([{ kind: 'patterns', folder: '', text: '\xff*' }], Buffer.from([0xff, 0x61])));
    assert.ok(!isLeft([patterns('', '*.png')], Buffer.from([0x61, 0xff, 0x0a, 0x2e, 0x6a, 0x70, 0x67])));
  });

  it('keep no answers without end', () => {
    const leave = leaveAlone({ takenBack: [], marks: [patterns('', '*.gif')] });
    const before = process.memoryUsage().heapUsed;
    for (let number = 0; number < 200_000; number++) {
      leave(Buffer.from(`a folder with quite a name ${number % 977}`), { name: Buffer.from(`IMG_${number}.jpg`), kind: 'file' });
    }
    globalThis.gc?.();
    assert.ok(process.memoryUsage().heapUsed - before < 60_000_000);
  });

  it('mean what they mean to git', { skip: spawnSync('git', ['--version']).status !== 0 && 'there is no git' }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'homeroll-patterns-'));
    const git = (...args: readonly string[]): string => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' });
    try {
      git('init', '--quiet');
      const paths = ['a.jpg', 'b.gif', 'x/a.jpg', 'x/b.gif', 'x/y/a.jpg', 'x/y/c.png', 'raw/a.jpg', 'x/raw/d.jpg', 'x/y/raw'];
      for (const path of paths) {
        mkdirSync(join(folder, dirname(path)), { recursive: true });
        writeFileSync(join(folder, path), '');
      }
      const line = fc.constantFrom(
        '*.jpg',
        '!a.jpg',
        'raw/',
        '!raw/',
        '/x',
        'x/*',
        '!x/y',
        'y',
        '**/y/*.png',
        'a*',
        '!*.gif',
        '/*',
        '!/x/',
        'x/**',
      );
      const rules = fc.tuple(fc.array(line, { maxLength: 3 }), fc.array(line, { maxLength: 3 }));
      fc.assert(
        fc.property(rules, ([upper, lower]) => {
          writeFileSync(join(folder, '.gitignore'), upper.join('\n'));
          writeFileSync(join(folder, 'x/.gitignore'), lower.join('\n'));
          const kept = git('ls-files', '--others', '--exclude-standard').split('\n');
          const marks = [patterns('', ...upper), patterns('x', ...lower)];
          const wrong = paths.filter((path) => isLeft(marks, path) === kept.includes(path));
          assert.deepEqual(wrong, [], `${JSON.stringify({ upper, lower })}`);
        }),
        { numRuns: 60 },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Reference, readDocument, readSecretLines } from './document.ts';
import { problemText } from './problem.ts';

describe('a text that is not YAML is told', () => {
  for (const [text, ...told] of [
    ['immich:\n\turl: x\n', '2: This line begins with a tab: use blanks instead.'],
    ['a: 1\na: 2\n', '2: "a" stands here for the second time: leave one of them out.'],
    ['skip: ["x",\n  *.gif]\n', '2: "*.gif" must stand in quotes.'],
    ['skip:\n  - **/.trash/**\n  - *.gif\n', '2: "**/.trash/**" must stand in quotes.', '3: "*.gif" must stand in quotes.'],
    ['a: *\n', '1: "*" must stand in quotes: it begins with * or &.'],
    ['not: [#recycle]\nb: 1\n', '1: "#recycle" must stand in quotes: # begins a comment.'],
    ['ignore: { not: #recycle }\nb: 1\n', '1: "#recycle" must stand in quotes: # begins a comment.'],
    ['not: ["a", #recycle, "b"]\n', '1: "#recycle" must stand in quotes: # begins a comment.'],
    ['a: &x [*x]\n', '1: "*x" stands for itself.'],
    ['a: !secrt x\n', '1: "!secrt" is not known. Did you mean "!secret"?'],
    ['a: !secret\n', '1: After !secret comes one name, as in: key: !secret anna_immich_key'],
    ['a: !env [x]\n', '1: After !env comes one name, as in: key: !env anna_immich_key'],
    ['a: 1\n---\nb: 1\n', '2: A second document begins below this line: leave out the line "---".'],
    [
      'a:\n  b: 1\n c: 2\n',
      '3: This is not YAML: All mapping items must start at the same column. Look at the indentation and the quotes of this line and the one above it.',
    ],
    ['a: @x\n', '1: This is not YAML: Plain value cannot start with reserved character @.'],
  ] as const) {
    it(JSON.stringify(text), () =>
      assert.deepEqual(
        readDocument(text, 'f').problems.map(problemText),
        told.map((line) => `f:${line}`),
      ),
    );
  }

  it('when its aliases unfold without end', () => {
    const layers = Array.from(
      { length: 9 },
      (_, n) =>
        `k${n}: &k${n} [${Array(9)
          .fill(n === 0 ? 'x' : `*k${n - 1}`)
          .join()}]`,
    ).join('\n');
    assert.deepEqual(readDocument(layers, 'f').problems.map(problemText), [
      'f:1: The aliases (*name) of this file unfold into far too much: write them out.',
    ]);
  });
});

describe('a document', () => {
  const document = readDocument('# top\nbase: &base\n  a: 1\nlist:\n  - x\n  - { k: !secret name, e: !env E }\nlink: *base\n', 'f');
  it('has plain values, and references to be looked up', () =>
    assert.deepEqual(document.tree, {
      base: { a: 1 },
      list: ['x', { k: new Reference('secret', 'name'), e: new Reference('env', 'E') }],
      link: { a: 1 },
    }));

  for (const [path, line] of [
    [[], 2],
    [['base', 'a'], 3],
    [['list'], 4],
    [['list', 0], 5],
    [['list', 1, 'e'], 6],
    [['list', 1, 'missing'], 6],
    [['list', 9], 4],
    [['link'], 7],
    [['link', 'a'], 3],
    [['nowhere', 'at', 'all'], 2],
  ] as const) {
    it(`knows that ${path.join('.') || 'the whole'} stands in line ${line}`, () => assert.equal(document.lineOf(path), line));
  }
});

describe('secrets', () => {
  it('are the text that stands there, also where YAML sees a number', () =>
    assert.deepEqual(readSecretLines('a: 0123456789012345678901\nb: 12e4\nc: "x"\n', 's').tree, {
      a: '0123456789012345678901',
      b: '12e4',
      c: 'x',
    }));
  it('are not repeated where a line is wrong', () => {
    const { problems } = readSecretLines('a: *hidden\nb: !hidden x\nc: @hidden\nd: hidden: x\n', 's');
    assert.deepEqual(
      problems.map(({ line }) => line),
      [1, 2, 3, 4],
    );
    assert.doesNotMatch(problems.map(problemText).join(), /hidden/);
  });
});

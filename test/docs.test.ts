/** Holds the pages to the code: tables, commands, exit codes, permissions, packages, examples and links cannot drift silently. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { loadConfig, onDisk, problemText } from '../src/config/index.ts';
import { checkAccount } from '../src/desk/doctor/check-account.ts';
import { exitCodes } from '../src/desk/index.ts';
import { eventNames, events, type FileEvent, move, type State, stateNames, states, stepOf } from '../src/domain/index.ts';
import type { Immich } from '../src/immich/index.ts';
import { faultPlanSchema } from '../src/practice/index.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const pages = globSync(['*.md', 'docs/**/*.md', 'changes/*.md'], { cwd: root });
const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const countedInWords: Readonly<Record<string, string>> = {
  letGo: 'let go',
  unjudged: 'not looked at yet',
  unwanted: 'not wanted',
  companion: '(its picture)',
};

function stateTable(): string {
  const rows = stateNames.map((name) => {
    const { countedAs, means } = states[name];
    return `| \`${name}\` | ${means} | ${countedInWords[countedAs] ?? countedAs} | ${stepOf(name) ?? '–'} |`;
  });
  return ['| state | means | counts as | step |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function eventTable(): string {
  const rows = eventNames.map((name) => `| \`${name}\` | ${events[name].means} | ${movesOf(name)} |`);
  return ['| event | means | from → to |', '| --- | --- | --- |', ...rows].join('\n');
}

function movesOf(event: FileEvent): string {
  const sourcesOf = new Map<State, State[]>();
  for (const from of stateNames) {
    const target = move(from, event);
    if (target !== from) sourcesOf.set(target, [...(sourcesOf.get(target) ?? []), from]);
  }
  const moves = [...sourcesOf].map(([target, from]) => {
    const others = stateNames.filter((name) => name !== target && !from.includes(name));
    return `${others.length === 0 ? 'any other state' : quoted(from)} → \`${target}\``;
  });
  return moves.length === 0 ? 'moves nothing' : moves.join('; ');
}

/** The page with the part between its two marks made anew. */
function withTable(page: string, name: string, table: string): string {
  const [, opening, closing] = new RegExp(`(<!-- ${name}: [^>]*-->)[\\s\\S]*?(<!-- end of ${name} -->)`).exec(page) ?? [];
  assert.ok(opening && closing, `there is a place for the ${name}`);
  return `${page.slice(0, page.indexOf(opening) + opening.length)}\n\n${table}\n\n${page.slice(page.indexOf(closing))}`;
}

/** First cells of the rows below a heading, without their quotes. */
function firstCells(page: string, heading: string): readonly string[] {
  const chapter = page.split(/^#+ /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...chapter.matchAll(/^\| (.+?) \|/gm)].map(([, cell = '']) => cell).filter((cell) => !/^(---|[a-z]+$)/.test(cell));
}

describe('the tables made from the code', () => {
  for (const [path, name, table] of [
    ['docs/words.md', 'states', stateTable()],
    ['docs/decisions/0001-states-events-and-numbers.md', 'events', eventTable()],
  ] as const) {
    it(`${path} has its ${name} as the code has them`, () => {
      // Changed them? WRITE_DOCS=1 node --test test/docs.test.ts
      if (process.env.WRITE_DOCS === '1') writeFileSync(join(root, path), withTable(read(path), name, table));
      assert.equal(read(path), withTable(read(path), name, table));
    });
  }
});

describe('what the pages say of the command line', () => {
  it('names every command in the README, and no other anywhere', () => {
    const commands = commandsInHelp();
    const told = firstCells(read('README.md'), 'Commands').map((cell) => /^`homeroll ([a-z-]+)/.exec(cell)?.[1]);
    assert.deepEqual([...told].sort(), [...commands].sort());
    const elsewhere = pages.flatMap((path) =>
      [...read(path).matchAll(/(?:^|[`/] ?)homeroll ([a-z][a-z-]*)/gm)].map(([, word = '']) => `${path}: ${word}`),
    );
    assert.deepEqual(
      elsewhere.filter((one) => !commands.includes(one.split(': ')[1] ?? '')),
      [],
    );
  });

  it('has the exit codes as they are', () => {
    const chapter = read('README.md').split('### Exit codes')[1] ?? '';
    const told = [...chapter.matchAll(/^\| (\d+) \| (.+) \|$/gm)].map(([, code, means]) => [code, means]);
    assert.deepEqual(told, Object.entries(exitCodes));
  });

  it('names scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
    const told = pages.flatMap((path) => [...read(path).matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name));
    assert.deepEqual(
      told.filter((name) => !Object.hasOwn(scripts, name)),
      [],
    );
  });
});

describe('what the pages say of Immich', () => {
  it('names every permission that the doctor asks for, and what is off without it', async () => {
    const beggar = { keyPermissions: async () => ['nothing'] } as Partial<Immich> as Immich;
    const findings = await checkAccount(
      { name: 'anna', immich: beggar, isPictureShown: true, areHalfFilesReplaced: true },
      AbortSignal.timeout(5_000),
    );
    const asked = findings.map(({ sentence }) => /^Its key lacks (.+?): (.+)\.$/.exec(sentence)?.slice(1) ?? []);
    const rows = [...read('README.md').matchAll(/^\| ((?:`[a-zA-Z]+\.[a-z]+`(?:, )?)+) \| (.+) \|$/gm)];
    const told = rows.map(([, names = '', off]) => [names.replaceAll('`', '').replace(/, ([^,]+)$/, ' and $1'), off]);
    assert.deepEqual(told, asked);
  });

  it('quotes sentences that Homeroll really says', () => {
    const code = globSync('src/**/*.ts', { cwd: root }).map(read).join('\n').replaceAll('\\`', '');
    const quotes = firstCells(read('docs/owners-guide.md'), 'When it asks for you').map((cell) => cell.replaceAll('`', ''));
    assert.ok(quotes.length >= 12);
    const pieces = quotes.flatMap((quote) => quote.split('…').map((piece) => piece.replace(/^[^a-z]+|[^a-z]+$/gi, '')));
    assert.deepEqual(
      pieces.filter((piece) => !code.includes(piece)),
      [],
    );
  });
});

describe('the examples', () => {
  for (const path of pages) {
    const examples = [...read(path).matchAll(/```yaml\n([\s\S]*?)```/g)]
      .map(([, yaml = '']) => yaml)
      .filter((yaml) => yaml.includes('immich:'));
    if (examples.length === 0) continue;
    it(`of ${path} are taken by the program`, async () => {
      for (const example of examples) {
        const texts: Readonly<Record<string, string>> = {
          '/x/homeroll.yaml': example,
          '/x/secrets.yaml': 'anna_immich_key: k\nhome_assistant_token: k\nntfy_address: https://ntfy.example/x\n',
        };
        const environment = { ...onDisk({ IMMICH_FAMILY_KEY: 'k' }), readText: async (asked: string) => texts[asked] ?? 'k' };
        const loaded = await loadConfig('/x/homeroll.yaml', environment);
        assert.deepEqual(loaded.kind === 'refused' ? loaded.problems.map(problemText) : [], []);
      }
    });
  }
});

describe('the fault plan in CONTRIBUTING', () => {
  it('is one that the practice Immich takes', () => {
    const [, plan = ''] = /```json\n([\s\S]*?)```/.exec(read('CONTRIBUTING.md')) ?? [];
    assert.equal(faultPlanSchema.parse(JSON.parse(plan)).faults.length, 2);
  });
});

describe('docs/dependencies.md', () => {
  const manifest = JSON.parse(read('package.json')) as Readonly<Record<string, Readonly<Record<string, string>>>>;
  const packages = ['dependencies', 'optionalDependencies', 'devDependencies'].flatMap((kind) => Object.keys(manifest[kind] ?? {}));
  const rows = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \| (.*?) ?\| (.+?) \| .+ \|$/gm)].map(
    ([, name = '', places = '', licence = '']) => ({
      name,
      places: [...places.matchAll(/`([^`]+)`/g)].map(([, place = '']) => place),
      isForTests: places.includes('(tests)'),
      licence,
    }),
  );

  it('has a row for every package, and for no other', () => assert.deepEqual(rows.map(({ name }) => name).sort(), packages.toSorted()));

  for (const { name, places, isForTests, licence } of rows) {
    it(`says rightly where ${name} is imported, and under which licence it comes`, () => {
      const importing = globSync('{src,test,bench}/**/*.ts', { cwd: root }).filter((path) =>
        new RegExp(`(?:from|import\\()\\s*'${name}'`).test(read(path)),
      );
      const elsewhere = importing.filter(
        (path) =>
          !places.some((place) => path.startsWith(`${place}/`)) || (isForTests && !path.endsWith('.test.ts') && !path.startsWith('test/')),
      );
      assert.deepEqual(elsewhere, []);
      assert.deepEqual(
        places.filter((place) => !importing.some((path) => path.startsWith(`${place}/`))),
        [],
        'imported where it says',
      );
      const file = join(root, 'node_modules', name, 'package.json');
      if (!existsSync(file)) return; // the Node of another machine
      const { license, licenses } = JSON.parse(readFileSync(file, 'utf8')) as { license?: string; licenses?: readonly { type: string }[] };
      assert.equal(licence, license ?? licenses?.[0]?.type);
    });
  }
});

describe('the links', () => {
  it('lead somewhere', () => {
    const dead = pages.flatMap((path) =>
      [...read(path).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !/^https?:/.test(target) && !leadsSomewhere(path, target))
        .map((target) => `${path}: ${target}`),
    );
    assert.deepEqual(dead, []);
  });
});

function leadsSomewhere(from: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : join(dirname(from), path);
  if (!existsSync(join(root, file))) return false;
  const anchors = [...read(anchor === undefined ? from : file).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
  return anchor === undefined || anchors.includes(anchor);
}

function commandsInHelp(): readonly string[] {
  const help = execFileSync(process.execPath, [join(root, 'src/main.ts'), '--help'], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  const names = [...(help.split('Commands:\n')[1] ?? '').matchAll(/^ {2}([a-z][a-z-]+)\b/gm)].map(([, name = '']) => name);
  return names.filter((name) => name !== 'help' && name !== 'homeroll');
}

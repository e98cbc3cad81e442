/** Holds the house to its plan: which room may lean on which, where the outside world is touched, how long a file may be. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '..');

/** From the roof to the ground: a room may import only from rows below its own. `config` hands its types to all. */
const rows: readonly (readonly string[])[] = [
  ['main.ts'],
  ['app.ts', 'app'],
  ['cli', 'web', 'mqtt', 'notices'],
  ['desk'],
  ['pipeline', 'tell', 'visit'],
  ['journal', 'files', 'media', 'immich', 'hass', 'roku'],
  ['domain'],
  ['kernel'],
];
/** `config` reads files itself and lends its types; `practice` stands beside the house and is used by `app` and tests only. */
const mayBeImportedByAll = new Set(['config']);
const besideTheHouse: Readonly<Record<string, readonly string[]>> = {
  config: ['domain', 'kernel'],
  practice: ['domain', 'kernel', 'media'],
};

/** Each of these is reached from one place only, so that it can be replaced there. */
const guarded: Readonly<Record<string, RegExp>> = {
  'node:sqlite': /^src\/(journal\/sqlite|practice\/immich\/.*)\.ts$/,
  '@parcel/watcher': /^src\/files\//,
  pino: /^src\/kernel\/log\.ts$/,
  commander: /^src\/(cli\/|main\.ts)/,
  yaml: /^src\/config\//,
  croner: /^src\/(kernel|domain|pipeline)\//,
  exifreader: /^src\/media\//,
  'exiftool-vendored': /^src\/media\/exiftool-process\.ts$/,
  'file-type': /^src\/media\//,
  picomatch: /^src\/domain\//,
  ignore: /^src\/files\//,
  'node:http': /^src\/(immich|tell|practice|web)\//,
  'node:https': /^src\/(immich|tell)\//,
  'node:fs': /^src\/(files|config|journal|practice|cli|app|kernel|immich)(\/|\.ts$)/,
  'node:fs/promises': /^src\/(files|config|journal|practice|cli|app|kernel|immich)(\/|\.ts$)/,
  mqtt: /^src\/mqtt\//,
  nodemailer: /^src\/tell\/receivers\/smtp\.ts$/,
  'home-assistant-js-websocket': /^src\/hass\//,
  'node:child_process': /^src\/(app|practice|cli|media|files)(\/|\.ts$)/,
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const sources = globSync('src/**/*.ts', { cwd: root }).filter((path) => !path.endsWith('.test.ts'));

function importsOf(path: string): Import[] {
  const text = readFileSync(join(root, path), 'utf8');
  // Also what is imported only when it is needed.
  return [...text.matchAll(/^(?:import|export)\s[^;]*?from\s+'([^']+)'|\bimport\s*\(?'([^']+)'/gm)].map((match) => ({
    from: path,
    to: match[1] ?? match[2] ?? '',
  }));
}

function roomOf(path: string): string {
  return path.split('/')[1] ?? path;
}

const all = sources.flatMap(importsOf);
const inside = all
  .filter(({ to }) => to.startsWith('.'))
  .map(({ from, to }) => ({ from, to: relative(root, join(root, dirname(from), to)) }))
  .filter(({ from, to }) => roomOf(from) !== roomOf(to));

describe('the house', () => {
  it('has sources to look at', () => assert.ok(sources.length > 10));

  it('lets data flow one way: a room leans only on rooms below it', () => {
    const rowOf = (room: string): number => rows.findIndex((row) => row.includes(room));
    const wrong = inside.filter(({ from, to }) => {
      const [upper, lower] = [roomOf(from), roomOf(to)];
      if (mayBeImportedByAll.has(lower)) return false;
      const allowed = besideTheHouse[upper];
      if (allowed) return !allowed.includes(lower);
      if (lower === 'practice') return upper !== 'app' && upper !== 'app.ts' && upper !== 'main.ts';
      return rowOf(upper) < 0 || rowOf(lower) < 0 || rowOf(upper) >= rowOf(lower);
    });
    assert.deepEqual(wrong, []);
  });

  it('has one door to each room: its index.ts', () => {
    const wrong = inside.filter(({ to }) => to.split('/').length > 2 && !/^src\/[^/]+\/(?:.*\/)?index\.ts$/.test(to));
    assert.deepEqual(wrong, []);
  });

  it('keeps the steps apart: no step imports another', () => {
    const stepOf = (path: string): string | undefined => /^src\/pipeline\/([^/]+)\//.exec(path)?.[1];
    const wrong = all
      .filter(({ to }) => to.startsWith('.'))
      .map(({ from, to }) => ({ from, to: relative(root, join(root, dirname(from), to)) }))
      .filter(({ from, to }) => stepOf(from) && stepOf(to) && stepOf(from) !== stepOf(to));
    assert.deepEqual(wrong, []);
  });

  it('touches each part of the outside world in one place', () => {
    const wrong = all.filter(({ from, to }) => guarded[to] && !guarded[to].test(from));
    assert.deepEqual(wrong, []);
  });

  it('reads the clock and chance only in the kernel', () => {
    const asks = /\b(Date\.now\(|setTimeout\(|setInterval\(|randomUUID\(|Math\.random\()/;
    const wrong = sources.filter((path) => !/^src\/(kernel|practice)\//.test(path) && asks.test(readFileSync(join(root, path), 'utf8')));
    assert.deepEqual(wrong, []);
  });

  it('has files that fit the head: 300 lines at most, each opening with what it is for', () => {
    const long = globSync('{src,test,bench}/**/*.ts', { cwd: root })
      .map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 300);
    assert.deepEqual(long, []);
    assert.deepEqual(
      sources.filter((path) => !readFileSync(join(root, path), 'utf8').startsWith('/**')),
      [],
    );
  });

  it('exports by name: no default, no star', () => {
    const wrong = sources.filter((path) => /^export (default|\*)/m.test(readFileSync(join(root, path), 'utf8')));
    assert.deepEqual(wrong, []);
  });
});

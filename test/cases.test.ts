/** Files whose date or camera a reader of photos must get right, where they are: made by a script that lies beside the checkout. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { bytesOf, realDisk } from '../src/files/index.ts';
import { systemClock, wallClock } from '../src/kernel/index.ts';
import { ExiftoolReader, exiftoolHitch, extensionOf, kindOfName, readMediaFacts, takenAt, together, whyPair } from '../src/media/index.ts';

interface Expected {
  readonly taken?: string;
  readonly takenUtc?: string;
  readonly camera?: string;
  /** Of a film beside a photo of its name and moment. */
  readonly live?: string;
}

const dir = resolve(process.env.HOMEROLL_CASES ?? join(import.meta.dirname, '../../shared/cases/media'));
const canRun = (program: string): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

async function whyNot(): Promise<string | false> {
  if (!existsSync(join(dir, 'make.py'))) return 'no cases beside the checkout (HOMEROLL_CASES names another place)';
  if (!canRun('python3')) return 'no python3 to make the cases with';
  return (await exiftoolHitch())?.because ?? false;
}

describe('the cases beside the checkout', { skip: await whyNot() }, () => {
  it('are read as they should be', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'homeroll-cases-'));
    await using secondReader = new ExiftoolReader({ clock: systemClock });
    try {
      execFileSync('python3', [join(dir, 'make.py'), folder]);
      const expected = JSON.parse(readFileSync(join(dir, 'expected.json'), 'utf8')) as Readonly<Record<string, Expected>> & {
        zone: string;
      };
      const timeZone = expected.zone;
      for (const name of readdirSync(folder).filter((one) => expected[one])) {
        const { taken, takenUtc, camera, live } = expected[name] ?? {};
        const kind = kindOfName(Buffer.from(name));
        assert.ok(kind === 'photo' || kind === 'video', name);
        await using file = await realDisk.open(Buffer.from(join(folder, name)));
        const quick = await readMediaFacts(bytesOf(file, (await file.stat()).sizeBytes), kind);
        const answer =
          quick.holdsMore &&
          (await secondReader.read({ procPath: file.procPath ?? '', device: 'here', kind }, new AbortController().signal));
        const facts = answer && answer.kind === 'told' ? together(quick, answer) : quick;
        const found = takenAt(facts.dates, { fileName: name, modifiedAtMs: Date.now(), timeZone });
        const wanted = taken ?? (takenUtc && wallClock(Date.parse(takenUtc), timeZone));
        if (wanted) assert.equal(found.local, wanted, name);
        if (camera) assert.equal(facts.camera, camera, name);
        const film = { name: Buffer.from(name), extension: extensionOf(Buffer.from(name)), ...facts, taken: found };
        const still = { name: Buffer.from('x.jpg'), extension: 'jpg', taken: { ...found, from: 'EXIF' as const } };
        if (live?.startsWith('never')) assert.equal(whyPair(still, film), undefined, name);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

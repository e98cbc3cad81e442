/** The practice Immich against recordings of real servers, step by step, in both versions. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { startPracticeImmich, versions } from '../../src/practice/index.ts';
import { groups, neverSent, unknowable } from './never-sent.ts';
import { differences, recordedAnswers, replay } from './transcript.ts';

const dir = resolve(process.env.HOMEROLL_TRANSCRIPTS ?? join(import.meta.dirname, '../../../shared/immich/transcripts'));
const skip = existsSync(join(dir, 'scenario.json'))
  ? false
  : 'no transcripts beside the checkout (HOMEROLL_TRANSCRIPTS names another place)';
const isOfOurGroups = (id: string): boolean => groups.includes(id.split('-')[0] ?? '');

function isUnknowable(step: string, pointer: string): boolean {
  return unknowable.some(
    ({ steps, pointers }) => (steps === 'all' || steps.includes(step)) && pointers.some((end) => pointer.endsWith(end)),
  );
}

for (const version of versions) {
  describe(`the practice Immich ${version} answers as the real one`, { skip }, () => {
    const recorded = skip ? {} : recordedAnswers(dir, version);
    const ours = Object.keys(recorded).filter(isOfOurGroups);

    it('leaves out few steps, all of them known to the scenario', () => {
      assert.deepEqual(
        Object.keys(neverSent).filter((id) => !Object.hasOwn(recorded, id)),
        [],
      );
      assert.ok(Object.keys(neverSent).length < ours.length / 20);
    });

    it('to everything Homeroll could ever send', async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'homeroll-transcripts-'));
      const immich = await startPracticeImmich({ port: 0, dataDir, version });
      try {
        const [keyA = '', keyB = ''] = immich.users.map(({ key }) => key);
        const answers = await replay({ dir, url: immich.url, keys: [keyA, keyB], version, groups });
        const wrong = ours
          .filter((id) => !Object.hasOwn(neverSent, id))
          .flatMap((id) => {
            const found = differences(recorded[id] ?? {}, answers.get(id) ?? {}, (pointer) => isUnknowable(id, pointer));
            return found.map((sentence) => `${id}: ${sentence}`);
          });
        assert.deepEqual(wrong, []);
      } finally {
        await immich.close();
        await rm(dataDir, { recursive: true, force: true });
      }
    });
  });
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FindingKind } from './finding.ts';
import { mutantNamed } from './mutants/index.ts';
import { shrink } from './shrink.ts';
import { tellStory } from './story.ts';
import { liveOneWeek, type WeekResult } from './week.ts';

/** Quick ones; all of them: `npm run simulate -- --mutants`. */
const quick: readonly (readonly [name: string, found: FindingKind])[] = [
  ['proof from a cache', 'false proof'],
  ['tally not counted', 'wrong numbers'],
  ['lease forgotten', 'careless sending'],
];
const mostWeeks = 5;

async function firstFailure(name: string): Promise<WeekResult | undefined> {
  for (let seed = 1; seed <= mostWeeks; seed += 1) {
    const result = await liveOneWeek({ seed, faulty: mutantNamed(name) });
    if (result.findings.length > 0) return result;
  }
  return undefined;
}

describe('a planted mistake', () => {
  for (const [name, kind] of quick) {
    it(`is found: ${name}`, async () => {
      const failed = await firstFailure(name);
      assert.equal(failed?.findings[0]?.kind, kind);
    });
  }

  it('is told in a short history that shows it again', async () => {
    const faulty = mutantNamed('tally not counted');
    const failed = await firstFailure('tally not counted');
    assert.ok(failed);
    const short = await shrink(failed, { faulty });
    assert.ok(short.happenings.length <= 3, tellStory(short));
    const again = await liveOneWeek({ seed: short.seed, happenings: short.happenings, faulty });
    assert.deepEqual(again.findings, short.findings);
    assert.match(tellStory(short), /is written[\s\S]*WRONG \(wrong numbers\)/);
  });
});

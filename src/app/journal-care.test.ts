/** What is done about a journal that cannot go on, without a household around it. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { LeapClock } from '../../test/kit/leap-clock.ts';
import { TestJournal } from '../../test/kit/test-journal.ts';
import { JournalTrouble, journalPath } from '../journal/index.ts';
import { type Log, silentLog } from '../kernel/index.ts';
import { JournalCare } from './journal-care.ts';

const never = new AbortController().signal;
const trouble = (code: JournalTrouble['code']): JournalTrouble => new JournalTrouble(code, `It is ${code}.`);

function careFor(test: TestJournal, isPatient = true): { care: JournalCare; said: string[]; clock: LeapClock } {
  const said: string[] = [];
  const hear = (sentence: string): void => void said.push(sentence);
  const log: Log = { ...silentLog, info: hear, warn: hear };
  const clock = new LeapClock(1_000);
  const care = new JournalCare({ stateDir: test.stateFolder, clock, log: () => log, isPatient });
  care.begun();
  return { care, said, clock };
}

describe('a journal in trouble', () => {
  it('that is damaged is kept aside, and the next one is to tell so', async () => {
    using test = new TestJournal();
    const { care, said } = careFor(test);
    await care.mend(trouble('journal damaged'), never);
    assert.equal(existsSync(journalPath(test.stateFolder)), false);
    assert.match(JSON.stringify(care.anew), /"aside":"journal\.sqlite\.damaged-/);
    assert.match(said.join('\n'), /^The journal at .* is damaged\. It is kept as .*, and a new one is begun\.$/);
    care.begun();
    assert.equal(care.anew, undefined);
    writeFileSync(journalPath(test.stateFolder), '');
  });

  it('that is damaged again and again is given up: its disk is at fault', async () => {
    using test = new TestJournal();
    const { care } = careFor(test);
    for (let time = 0; time < 3; time += 1) await care.mend(trouble('journal damaged'), never);
    await assert.rejects(care.mend(trouble('journal damaged'), never), /again and again: look after that disk/);
  });

  it('that was deleted is to be begun anew; where another lies, that one is gone on with', async () => {
    using test = new TestJournal();
    const { care, said } = careFor(test);
    await care.mend(care.gone(), never);
    assert.equal(care.anew, undefined);
    rmSync(journalPath(test.stateFolder));
    await care.mend(care.gone(), never);
    assert.equal(care.anew, 'deleted');
    assert.deepEqual(
      said.map((sentence) => /Another journal was put|was deleted/.exec(sentence)?.[0]),
      ['Another journal was put', 'was deleted'],
    );
    mkdirSync(test.stateFolder, { recursive: true });
  });

  it('whose disk fails is waited for and said once, and gone on with when it works', async () => {
    using test = new TestJournal();
    const { care, said } = careFor(test);
    await care.mend(trouble('journal disk full'), never);
    await care.mend(trouble('journal disk full'), never);
    care.goesOn();
    care.goesOn();
    assert.deepEqual(said, ['It is journal disk full.', 'The journal can be written again, and Homeroll goes on.']);
  });

  it('whose disk fails ends an errand', async () => {
    using test = new TestJournal();
    const { care, said } = careFor(test, false);
    await assert.rejects(care.mend(trouble('journal unwritable'), never), { code: 'journal unwritable' });
    assert.deepEqual(said, []);
  });
});

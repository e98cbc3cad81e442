/** Notices that the owner changed the rules of a source: what they decided is decided anew, what is stored stays. */
import { rulesFingerprint } from '../config/index.ts';
import { events, type State, stateNames } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { SourceInUse } from './step.ts';
import { applyEvent } from './transitions.ts';

export interface RulesParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly timeZone: string;
}

const perTransaction = 500;

export function noteRules(source: SourceInUse, { journal, clock, timeZone }: RulesParts): void {
  const fingerprint = `${rulesFingerprint(source.config)} ${timeZone}`;
  const known = journal.sources.byId(source.id).rules;
  if (known === fingerprint) return;
  const decided: readonly State[] = stateNames.filter((state) => state in events.rulesChanged.moves);
  for (const state of known === '' ? [] : decided) {
    for (const page of journal.files.pages(source.id, state, perTransaction)) {
      journal.transaction(() => {
        for (const file of page) applyEvent(journal, file, 'rulesChanged', { nowMs: clock.now(), reason: 'the rules were changed' });
      });
    }
  }
  // Last: a crash before it makes the rules be looked at once more.
  journal.sources.update(source.id, { rules: fingerprint });
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { eventNames, events, type FileEvent, move } from './journey.ts';
import { numbersOf } from './numbers.ts';
import { isAtRest, isDone, type State, stateNames, states, stepOf } from './state.ts';

const anEvent = fc.constantFrom(...eventNames);
const aHistory = fc.array(anEvent, { maxLength: 60 });
const walk = (history: readonly FileEvent[]): State => history.reduce(move, 'noticed');

describe('the journey', () => {
  it('reaches every state from the first sighting', () => {
    const reached = new Set<State>(['noticed']);
    for (const state of reached) for (const event of eventNames) reached.add(move(state, event));
    assert.deepEqual([...reached].sort(), [...stateNames].sort());
  });

  it('answers every event in every state with a state', () => {
    for (const state of stateNames) for (const event of eventNames) assert.ok(states[move(state, event)]);
  });

  it('uses every event but those that only mark time', () => {
    const idle = eventNames.filter((event) => Object.keys(events[event].moves).length === 0);
    assert.deepEqual(idle, ['retryLater', 'retryDue', 'moved']);
  });

  it('has a way from every state to safe', () => {
    for (const start of stateNames) {
      const reached = new Set<State>([start]);
      for (const state of reached) for (const event of eventNames) reached.add(move(state, event));
      assert.ok(reached.has('safe'), `${start} is a trap`);
    }
  });

  it('never calls a file safe without a proof of what it holds now', () =>
    fc.assert(
      fc.property(aHistory, (history) => {
        let isProven = false;
        let state: State = 'noticed';
        for (const event of history) {
          const next = move(state, event);
          if (next !== state && ['proven', 'verified', 'storedAndProven', 'motionHalfJoinedProven'].includes(event)) isProven = true;
          if (next !== state && (event === 'changed' || event === 'accountChanged')) isProven = false;
          state = next;
          if (states[state].countedAs === 'safe') assert.ok(isProven, history.join(' '));
        }
      }),
    ));

  it('forgets everything about a file whose bytes changed', () =>
    fc.assert(fc.property(aHistory, (history) => walk([...history, 'changed']) === 'noticed')));

  it('never lets a file that was let go go up again by itself', () => {
    const byThemselves = eventNames.filter((event) => !['keepOrdered', 'changed', 'vanished', 'accountChanged'].includes(event));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...byThemselves), { maxLength: 40 }),
        (history) => history.reduce(move, 'letGo' as State) === 'letGo',
      ),
    );
  });

  it('rests only where no step waits for the file', () => {
    for (const state of stateNames) if (isAtRest(state)) assert.equal(stepOf(state), undefined);
  });

  it('counts what is done as stored, safe or let go', () => {
    for (const state of stateNames) if (isDone(state)) assert.match(states[state].countedAs, /^(stored|safe|letGo)$/);
  });
});

describe('the numbers', () => {
  it('always add up, whatever happened to however many files', () =>
    fc.assert(
      fc.property(fc.array(aHistory, { maxLength: 40 }), (histories) => {
        const numbers = numbersOf(histories.map((history) => ({ state: walk(history), count: 1 })));
        const companions = histories.filter((history) => states[walk(history)].countedAs === 'companion').length;
        assert.equal(numbers.wanted, numbers.waiting + numbers.blocked + numbers.stored + numbers.safe + numbers.letGo);
        assert.equal(numbers.total, numbers.unjudged + numbers.unwanted + numbers.gone + numbers.wanted);
        assert.equal(numbers.total + companions, histories.length);
      }),
    ));
});

/** Gives orders: to a Homeroll at work, which answers within a second, or to the journal at rest. */
import { holdState, type Journal, JournalTrouble, type OrderKind, openJournal } from '../journal/index.ts';
import { type Clock, type CrashPoints, noCrashPoints, OwnerError } from '../kernel/index.ts';
import { takeOrders } from '../pipeline/index.ts';

export interface Order {
  readonly kind: OrderKind;
  /** A source's name, or a path as base64 of its bytes, by kind. */
  readonly subject?: string;
}

export interface Given {
  /** What was done, for the owner; undefined while a Homeroll at work has not come round to it. */
  readonly answer: string | undefined;
}

export interface GivingParts {
  readonly stateDir: string;
  readonly clock: Clock;
  readonly crashPoints?: CrashPoints;
}

const patienceMs = 2_000;
const lookEveryMs = 50;

/** To the Homeroll that this very process is: it takes it within a second. */
export function giveOrderWithin({ kind, subject }: Order, { journal, clock }: { readonly journal: Journal; readonly clock: Clock }): void {
  journal.orders.give(kind, subject, clock.now());
}

/** @throws JournalTrouble when the journal cannot take it */
export async function giveOrder(order: Order, parts: GivingParts, signal: AbortSignal): Promise<Given> {
  try {
    return await noteOrder(order, parts, signal);
  } catch (error) {
    if (!(error instanceof JournalTrouble)) throw error;
    throw new JournalTrouble(error.code, `The order was not taken. ${error.message}`, { cause: error });
  }
}

async function noteOrder(order: Order, { stateDir, clock, crashPoints = noCrashPoints }: GivingParts, signal: AbortSignal): Promise<Given> {
  const journal = openJournal(stateDir, { durability: 'NORMAL', crashPoints });
  try {
    const id = journal.orders.give(order.kind, order.subject, clock.now());
    const hold = holdIfFree(stateDir);
    if (!hold) return { answer: await answerTo(id, { journal, clock }, signal) };
    try {
      takeOrders({ journal, nowMs: clock.now() });
      return { answer: journal.orders.answer(id) };
    } finally {
      hold.release();
    }
  } finally {
    journal.close();
  }
}

function holdIfFree(stateDir: string): { release(): void } | undefined {
  try {
    return holdState(stateDir);
  } catch (error) {
    if (error instanceof OwnerError && error.code === 'journal held') return undefined;
    throw error;
  }
}

async function answerTo(
  id: number,
  { journal, clock }: { journal: Journal; clock: Clock },
  signal: AbortSignal,
): Promise<string | undefined> {
  const startMs = clock.elapsed();
  for (;;) {
    const answer = journal.orders.answer(id);
    if (answer !== undefined || clock.elapsed() - startMs > patienceMs) return answer;
    await clock.sleep(lookEveryMs, signal);
  }
}

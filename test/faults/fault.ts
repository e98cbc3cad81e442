/** One thing that can go wrong, tried on a whole household. */
import type { Toll } from './toll.ts';

export type Group = 'Immich' | 'disk' | 'journal' | 'crashes' | 'two at once';

export interface Fault {
  readonly group: Group;
  /** As it stands in the table: "answers 503 with a web page". */
  readonly name: string;
  /** What stands in for the world: a real process, or the household inside the test, with real files and HTTP and a time that leaps. */
  readonly by: 'process' | 'household';
  /** In `npm run faults`. */
  readonly tries: number;
  /** Also tried once in `npm test`. */
  readonly isQuick?: boolean;
  /** Why it cannot be tried on this machine. */
  readonly skip?: string | undefined;
  /**
   * Lives through the fault and its end.
   * @param seed 1 for the first try, and so on: moves the fault to another place or moment
   * @returns what went wrong, counted after everything has come to rest
   */
  strike(seed: number): Promise<Toll>;
}

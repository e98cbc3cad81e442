/** Starts the practice Immich on a directory: the stand-in of demos, tests and benches. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, type Ids, type Log, systemClock, systemIds } from '../../kernel/index.ts';
import type { Version } from './dialect.ts';
import { diskStore } from './disk-store.ts';
import type { FaultPlan } from './faults.ts';
import { holdFolder } from './hold-folder.ts';
import { PracticeImmich } from './practice-immich.ts';
import { listen } from './serve.ts';
import type { PracticeUser } from './users.ts';

export interface StartOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Made if it is not there. Originals lie in `originals/<user id>/<asset id>`, records in `records.sqlite`. */
  readonly dataDir: string;
  readonly version: Version;
  readonly faults?: FaultPlan | undefined;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly log?: Log;
}

export interface RunningPracticeImmich extends AsyncDisposable {
  /** Without /api at the end, as an owner writes it. */
  readonly url: string;
  readonly version: Version;
  /** The admin first; the same keys again after a restart on the same directory. */
  readonly users: readonly PracticeUser[];
  close(): Promise<void>;
}

/** @throws OwnerError for a directory that another one works on; ZodError for a fault plan that cannot be; the error of node:net for a port that is taken */
export async function startPracticeImmich(options: StartOptions): Promise<RunningPracticeImmich> {
  const { port, dataDir, version, faults, clock = systemClock, ids = systemIds, log } = options;
  mkdirSync(dataDir, { recursive: true });
  using opened = new DisposableStack();
  // First of all: what the other one is receiving would be swept away.
  opened.use(holdFolder(dataDir));
  const store = diskStore(dataDir, ids);
  const databaseFile = join(dataDir, 'records.sqlite');
  const immich = opened.use(new PracticeImmich({ version, store, databaseFile, clock, ids, faults, log }));
  const { url, close: stopListening } = await listen(immich, port);
  const rest = opened.move();
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= stopListening().finally(() => rest.dispose());
    return closing;
  };
  return { url, version, users: immich.users, close, [Symbol.asyncDispose]: close };
}

/** Mistakes about devices that do not answer. */
import { DiskError, NoAnswer } from '../../../src/files/index.ts';
import type { FaultyPart } from './faulty-part.ts';

const isUnanswered = (error: unknown): boolean => error instanceof DiskError && error.cause instanceof NoAnswer;

/** A device that does not answer is taken for an empty one. */
export const silenceTakenForEmpty: FaultyPart = {
  disk: (disk) => {
    const roots = new Map<string, Awaited<ReturnType<typeof disk.root>>>();
    const orElse = async <T>(asked: Promise<T>, otherwise: T): Promise<T> =>
      asked.catch((error: unknown) => {
        if (isUnanswered(error)) return otherwise;
        throw error;
      });
    return {
      ...disk,
      stat: (path) => orElse(disk.stat(path), undefined),
      root: async (path) => {
        const root = await orElse(disk.root(path), roots.get(path.toString('latin1')));
        roots.set(path.toString('latin1'), root);
        return root;
      },
      async *entries(folder, signal, wish) {
        try {
          yield* disk.entries(folder, signal, wish);
        } catch (error) {
          if (!isUnanswered(error)) throw error;
        }
      },
    };
  },
};

/** Nobody looks at the time: a call that is not answered never comes back, and what is asked after it waits behind it. */
export const hangsWithADevice: FaultyPart = {
  disk: (disk) => {
    let inTurn: Promise<unknown> = Promise.resolve();
    const orNever = <T>(asked: Promise<T>): Promise<T> =>
      asked.catch((error: unknown) => (isUnanswered(error) ? new Promise<never>(() => undefined) : Promise.reject(error)));
    const inLine = <T>(ask: () => Promise<T>): Promise<T> => {
      const mine = inTurn.then(() => orNever(ask()));
      inTurn = mine.catch(() => undefined);
      return mine;
    };
    return { ...disk, stat: (path) => inLine(() => disk.stat(path)), root: (path) => inLine(() => disk.root(path)) };
  },
};

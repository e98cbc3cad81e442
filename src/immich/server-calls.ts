/** Questions about the server and the account behind the key. */
import type { UserId } from '../domain/index.ts';
import { answerPatience } from './answer-patience.ts';
import * as answers from './answers.ts';
import { askFor, type Caller } from './ask.ts';
import { ImmichError } from './failures.ts';
import type { Dialect, Immich } from './immich.ts';

type ServerCalls = Pick<Immich, 'ping' | 'serverVersion' | 'mediaTypes' | 'serverConfig' | 'me' | 'keyPermissions' | 'hasTrash'> & {
  /** Asked for each time: a server is updated while nobody looks, and what needs to know is rare and larger than this question. */
  dialect(signal: AbortSignal): Promise<Dialect>;
  myId(signal: AbortSignal): Promise<UserId>;
};

// A server that accepts and says nothing is as good as away, and somebody waits to hear so. It answers these without looking for anything.
const quickMs = 10_000;

export function serverCalls(caller: Caller): ServerCalls {
  let myId: UserId | undefined;
  const [ofPings, ofIntroductions] = [answerPatience(quickMs), answerPatience(quickMs)];
  const get = (path: string) => ({ method: 'GET', path });
  const getSoon = (path: string) => ({ ...get(path), patience: ofIntroductions });

  const calls: ServerCalls = {
    async ping(signal) {
      const question = { ...get('/api/server/ping'), patience: ofPings, isApart: true };
      await askFor(caller, answers.pong, question, signal).catch((error: unknown) => {
        if (!(error instanceof ImmichError) || error.kind !== 'silent') throw error;
        throw new ImmichError('away', `Immich is away (${caller.url} does not answer).`, { cause: error });
      });
    },
    serverVersion: (signal) => askFor(caller, answers.version, getSoon('/api/server/version'), signal),
    mediaTypes: (signal) => askFor(caller, answers.mediaTypes, getSoon('/api/server/media-types'), signal),
    serverConfig: (signal) => askFor(caller, answers.config, get('/api/server/config'), signal),
    async me(signal) {
      const said = await askFor(caller, answers.me, getSoon('/api/users/me'), signal);
      myId = said.userId;
      return said;
    },
    hasTrash: async (signal) => (await askFor(caller, answers.features, get('/api/server/features'), signal)).trash,
    keyPermissions: (signal) => askFor(caller, answers.key, get('/api/api-keys/me'), signal),
    dialect: async (signal) => (await calls.serverVersion(signal)).dialect,
    myId: async (signal) => myId ?? (await calls.me(signal)).userId,
  };
  return calls;
}

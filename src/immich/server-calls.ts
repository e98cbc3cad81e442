/** Questions about the server and the account behind the key. */
import type { UserId } from '../domain/index.ts';
import * as answers from './answers.ts';
import { askFor, type Caller } from './ask.ts';
import type { Dialect, Immich } from './immich.ts';

type ServerCalls = Pick<Immich, 'ping' | 'serverVersion' | 'mediaTypes' | 'serverConfig' | 'me' | 'keyPermissions'> & {
  /** As last learnt; asked for when never yet. */
  dialect(signal: AbortSignal): Promise<Dialect>;
  myId(signal: AbortSignal): Promise<UserId>;
};

export function serverCalls(caller: Caller): ServerCalls {
  let dialect: Dialect | undefined;
  let myId: UserId | undefined;
  const get = (path: string) => ({ method: 'GET', path });

  const calls: ServerCalls = {
    async ping(signal) {
      await askFor(caller, answers.pong, get('/api/server/ping'), signal);
    },
    async serverVersion(signal) {
      const said = await askFor(caller, answers.version, get('/api/server/version'), signal);
      dialect = said.dialect;
      return said;
    },
    mediaTypes: (signal) => askFor(caller, answers.mediaTypes, get('/api/server/media-types'), signal),
    serverConfig: (signal) => askFor(caller, answers.config, get('/api/server/config'), signal),
    async me(signal) {
      const said = await askFor(caller, answers.me, get('/api/users/me'), signal);
      myId = said.userId;
      return said;
    },
    keyPermissions: (signal) => askFor(caller, answers.key, get('/api/api-keys/me'), signal),
    dialect: async (signal) => dialect ?? (await calls.serverVersion(signal)).dialect,
    myId: async (signal) => myId ?? (await calls.me(signal)).userId,
  };
  return calls;
}

/** Immich over a transport: the whole interface, put together from its parts. */
import { albumCalls } from './album-calls.ts';
import { answerPatience } from './answer-patience.ts';
import type { Caller } from './ask.ts';
import { assetCalls } from './asset-calls.ts';
import type { Immich } from './immich.ts';
import { serverCalls } from './server-calls.ts';
import { tagCalls } from './tag-calls.ts';

// What is asked about hundreds, or ends in Immich's database, may take its time; only a file gives Immich more work than that.
const questionMs = 60_000;

/** Each question is asked once, now, as it is; patience, limits and logs are decorators around this. */
export function immichClient(connected: Caller): Immich {
  const caller: Caller = { ...connected, patience: connected.patience ?? answerPatience(questionMs) };
  const server = serverCalls(caller);
  return {
    ping: server.ping,
    serverVersion: server.serverVersion,
    mediaTypes: server.mediaTypes,
    serverConfig: server.serverConfig,
    me: server.me,
    keyPermissions: server.keyPermissions,
    hasTrash: server.hasTrash,
    ...assetCalls(caller, server),
    ...albumCalls(caller, server),
    ...tagCalls(caller),
  };
}

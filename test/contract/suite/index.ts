/** The contract in the order in which a client meets it. */
import { cases as access } from './access.ts';
import { cases as albumMembers } from './album-members.ts';
import { cases as albums } from './albums.ts';
import { cases as assets } from './assets.ts';
import { cases as connections } from './connections.ts';
import { cases as duplicates } from './duplicates.ts';
import { cases as errors } from './errors.ts';
import type { ContractGroup } from './kit/contract-case.ts';
import { cases as live } from './live.ts';
import { cases as names } from './names.ts';
import { cases as presence } from './presence.ts';
import { cases as readBack } from './read-back.ts';
import { cases as refusals } from './refusals.ts';
import { cases as search } from './search.ts';
import { cases as server } from './server.ts';
import { cases as sidecars } from './sidecars.ts';
import { cases as tags } from './tags.ts';
import { cases as trash } from './trash.ts';
import { cases as uploads } from './uploads.ts';

export const groups: readonly ContractGroup[] = [
  { name: 'server', cases: server },
  { name: 'access', cases: access },
  { name: 'upload', cases: uploads },
  { name: 'upload refused', cases: refusals },
  { name: 'file name', cases: names },
  { name: 'duplicate', cases: duplicates },
  { name: 'presence', cases: presence },
  { name: 'asset', cases: assets },
  { name: 'read-back', cases: readBack },
  { name: 'trash', cases: trash },
  { name: 'live photo', cases: live },
  { name: 'sidecar', cases: sidecars },
  { name: 'album', cases: albums },
  { name: 'album members', cases: albumMembers },
  { name: 'tag', cases: tags },
  { name: 'search', cases: search },
  { name: 'connection', cases: connections },
  { name: 'error', cases: errors },
];

/** The one door to Immich: an interface in Homeroll's words, a client that speaks it, the port it speaks through. */
export { type Connection, connect } from './connect.ts';
export { withCrashPoints } from './crash-points.ts';
export { type FailureKind, ImmichError, type Retry } from './failures.ts';
export { type HttpTransportOptions, httpTransport } from './http-transport.ts';
export {
  type Album,
  type AlbumEntry,
  type AlbumText,
  type Asset,
  type AssetTraces,
  type Dialect,
  firstMembersPage,
  type Immich,
  type Me,
  type Members,
  type MembersPage,
  type NamedAsset,
  type Presence,
  type Proof,
  type ServerConfig,
  type ServerVersion,
  type SmallPicture,
  type Stored,
  type Upload,
} from './immich.ts';
export type { Limits } from './limited.ts';
export {
  type ImmichRequest,
  type ImmichResponse,
  type ImmichTransport,
  type RequestBody,
  TransportError,
  type TransportTrouble,
} from './transport.ts';

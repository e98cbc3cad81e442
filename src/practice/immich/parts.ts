/** What handlers work with, and what they are told about a call. */
import type { Clock, Ids } from '../../kernel/index.ts';
import type { RecordDatabase } from './database.ts';
import type { Dialect } from './dialect.ts';
import type { PracticeRequest, PracticeResponse } from './exchange.ts';
import type { UploadFault } from './faults.ts';
import type { Store } from './store.ts';

export interface Parts {
  readonly dialect: Dialect;
  readonly database: RecordDatabase;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Whose key it was, and what the key may do. */
export interface Caller {
  readonly userId: string;
  readonly isAdmin: boolean;
  readonly keyId: string;
  readonly permissions: readonly string[];
}

export interface Call {
  readonly caller: Caller;
  /** `:id` and others of the route's path; those that must be UUIDs have been checked. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | string[]>>;
  /** The parsed JSON or form; undefined when there was none, and for uploads, which read the stream themselves. */
  readonly body: unknown;
  readonly request: PracticeRequest;
  /** What a fault plan wants done to the upload. */
  readonly uploadFault: UploadFault | undefined;
}

export type Handler = (parts: Parts, call: Call) => PracticeResponse | Promise<PracticeResponse>;

export interface Route {
  readonly method: string;
  /** Below /api, as in Immich's documentation: `/albums/:id/assets`. */
  readonly path: string;
  /** The permission a key needs; `nothing`: no key at all; `a key`: any key. */
  readonly needs: string;
  readonly adminOnly: boolean;
  /** Routes that one of the versions does not have. */
  readonly version: string | undefined;
  readonly answer: Handler;
}

type RoutePlan = Handler | { readonly answer: Handler; readonly adminOnly?: boolean; readonly version?: string };

/** @param verbAndPath `GET /albums/:id` */
export function route(verbAndPath: string, needs: string, answer: RoutePlan): Route {
  const [method = '', path = ''] = verbAndPath.split(' ');
  const plan = typeof answer === 'function' ? { answer } : answer;
  return { method, path, needs, adminOnly: plan.adminOnly ?? false, version: plan.version, answer: plan.answer };
}

/** A path parameter, which the router has found. */
export function param(call: Call, name = 'id'): string {
  return call.params[name] ?? '';
}

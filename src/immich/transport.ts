/** The port below dialect and multipart: one request out, one answer back. A simulation takes its place. */

export interface RequestBody {
  /** Exactly what `chunks` yields in all; sent as Content-Length. */
  readonly sizeBytes: number;
  /**
   * Called once per sending. Nothing is read ahead: the next chunk is asked for when the one before has left, and may be the same
   * buffer again.
   * A throw in here breaks the connection, so that Immich cannot take the rest for the whole.
   */
  chunks(): AsyncIterable<Uint8Array>;
}

export interface ImmichRequest {
  readonly method: string;
  /** `/api/…?query`; the transport puts its server's address before it. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
  /** How long to wait for the answer to begin; without it as long as such a request may take. */
  readonly patienceMs?: number;
  /** It goes over a connection of its own, so that it never waits for one behind others. */
  readonly isApart?: boolean;
  /** Hears that all of it has left, and that only the answer is missing. */
  readonly onSent?: () => void;
}

export interface ImmichResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Must be read to its end or left by `break`: until then the connection is in use. */
  readonly body: AsyncIterable<Uint8Array>;
  /** How long the answer took to begin after all of the request had left; left out: nobody measured it. */
  readonly waitedMs?: number;
}

export interface ImmichTransport {
  /**
   * Resolves with whatever was answered, also while the body is still on its way out.
   * @throws TransportError when no answer came; the signal's reason when aborted; what `chunks()` threw, as it was
   */
  send(request: ImmichRequest, signal: AbortSignal): Promise<ImmichResponse>;
  close(): Promise<void>;
}

export type TransportTrouble =
  | 'refused'
  | 'unknown host'
  | 'unreachable'
  | 'timed out'
  | 'lost' // the connection ended before the answer did
  | 'certificate'
  | 'not http';

/** No answer, or only half of one. */
export class TransportError extends Error {
  readonly trouble: TransportTrouble;
  /** True once any byte of the request may have arrived. */
  readonly wasSent: boolean;
  /** Of a silence: how long it was listened to. */
  readonly waitedMs: number | undefined;
  constructor(trouble: TransportTrouble, wasSent: boolean, options: ErrorOptions & { readonly waitedMs?: number } = {}) {
    super(`the connection: ${trouble}`, options);
    this.name = 'TransportError';
    this.trouble = trouble;
    this.wasSent = wasSent;
    this.waitedMs = options.waitedMs;
  }
}

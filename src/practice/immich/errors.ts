/** How a request is refused: thrown by handlers, worded by the dialect of the version. */

/** One complaint about a field as 3.x reports it. */
export type Issue = Readonly<Record<string, unknown>>;

export interface RefusalDetail {
  /** 3.x: what zod found. */
  readonly issues?: readonly Issue[];
  /** 2.x leaves `error` out of some answers: those that its framework did not word. */
  readonly unnamed?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

export class Refusal extends Error {
  readonly status: number;
  readonly said: string | readonly string[];
  readonly detail: RefusalDetail;

  constructor(status: number, said: string | readonly string[], detail: RefusalDetail = {}) {
    super(typeof said === 'string' ? said : said.join('; '));
    this.name = 'Refusal';
    this.status = status;
    this.said = said;
    this.detail = detail;
  }
}

export const badRequest = (said: string): Refusal => new Refusal(400, said);
/** What the real server says of an id that does not exist, and of one that belongs to somebody else. */
export const noAccess = (permission: string): Refusal => badRequest(`Not found or no ${permission} access`);
/** The real server failed where it should have refused. */
export const failed = (said: string): Refusal => new Refusal(500, said);
export const brokenDown = (): Refusal => new Refusal(500, 'Internal server error', { unnamed: true });

const names: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
};

export function nameOf(status: number): string {
  return names[status] ?? 'Error';
}

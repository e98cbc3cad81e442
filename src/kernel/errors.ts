/** The few kinds of error. Each carries a sentence for the owner; expected endings are Outcomes, not errors. */

/** Something about the world or the configuration that a person can mend. `message` is a full sentence with the cure. */
export class OwnerError extends Error {
  readonly code: string;
  constructor(code: string, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'OwnerError';
    this.code = code;
  }
}

/** The work was called off (shutdown, crash simulation); never shown to the owner. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || ('code' in error && error.code === 'ABORT_ERR'));
}

/** What an unknown thrown value says, for logs. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a system error, `ENOENT`; empty where it has none. */
export function systemCodeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

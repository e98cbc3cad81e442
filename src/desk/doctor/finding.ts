/** What the doctor says of one thing: well, not looked at, worth a look, or in the way; in plain words, with the cure. */
export interface Finding {
  readonly verdict: 'ok' | 'note' | 'warning' | 'problem';
  /** Which part of the household: `Immich`, `Anna's phone`, `this machine`. */
  readonly about: string;
  readonly sentence: string;
  /** What to do, where something is to be done. */
  readonly cure?: string;
  /** No account can be used while this lasts. */
  readonly isAccountUnusable?: boolean;
}

export function ok(about: string, sentence: string): Finding {
  return { verdict: 'ok', about, sentence };
}

/** Something that was not looked at, and what follows from it. */
export function note(about: string, sentence: string): Finding {
  return { verdict: 'note', about, sentence };
}

export function warning(about: string, sentence: string, cure?: string): Finding {
  return { verdict: 'warning', about, sentence, ...(cure !== undefined && { cure }) };
}

export function problem(about: string, sentence: string, cure?: string): Finding {
  return { verdict: 'problem', about, sentence, ...(cure !== undefined && { cure }) };
}

/**
 * What this Homeroll has the broker keep, and who it is. Noted in the journal before it is published: what a later life has no use for, since its
 * topic, its discovery prefix or its sources are others, is cleared by that life, whatever ended the one before.
 */
import type { Journal } from '../journal/index.ts';

export interface Published {
  /** Of the broker, without name and password. */
  readonly address: string;
  /** The topic that tells whose they are. */
  readonly owner: string;
  readonly topics: readonly string[];
}

type Facts = Pick<Journal, 'facts' | 'durably'>;

const publishedFact = 'mqtt published';

export function publishedBefore({ facts }: Pick<Journal, 'facts'>): Published | undefined {
  const text = facts.get(publishedFact);
  return text === undefined ? undefined : (JSON.parse(text) as Published);
}

/** On the disk when it returns. */
export function notePublished({ facts, durably }: Facts, published: Published): void {
  const text = JSON.stringify(published);
  if (facts.get(publishedFact) !== text) durably(() => facts.set(publishedFact, text));
}

export function forgetPublished({ facts }: Pick<Journal, 'facts'>): void {
  facts.forget(publishedFact);
}

/** @param payload of an `owner` topic @returns undefined: it names nobody */
export function ownerIn(payload: string): string | undefined {
  try {
    const said: unknown = JSON.parse(payload);
    return typeof said === 'object' && said !== null && 'id' in said && typeof said.id === 'string' ? said.id : undefined;
  } catch {
    return undefined;
  }
}

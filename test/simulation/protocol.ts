/** Listens to what Homeroll sends: the same bytes never twice at once, and after an answer that was lost never again without asking. */
import type { ImmichRequest } from '../../src/immich/index.ts';

export interface Sending {
  /** The answer is on its way back whole. */
  answered(): void;
  end(): void;
}

const nothing: Sending = { answered: () => undefined, end: () => undefined };

export class Protocol {
  /** What was done that must not be. */
  readonly complaints: string[] = [];
  readonly #underWay = new Map<object, Set<string>>();
  /** Sent, and nobody knows whether it arrived. By the life that sent it: who crashed may send again. */
  readonly #unclear = new Map<object, Set<string>>();

  begin({ method, path, headers }: ImmichRequest, life: object): Sending {
    if (method !== 'POST' || path !== '/api/assets') return nothing;
    const sha1 = headers['x-immich-checksum'] ?? '';
    const content = `${headers['x-api-key']} ${sha1}`;
    const underWay = setOf(this.#underWay, life);
    if (underWay.has(content)) this.complaints.push(`the bytes ${sha1} were sent twice at the same time`);
    const unclear = setOf(this.#unclear, life);
    if (unclear.has(content)) this.complaints.push(`the bytes ${sha1} were sent again, and Immich was not asked whether it has them`);
    underWay.add(content);
    unclear.add(content);
    return { answered: () => unclear.delete(content), end: () => underWay.delete(content) };
  }

  /** A piece of a body on its way in: whoever asks about bytes knows about them. */
  hear({ path, headers }: ImmichRequest, chunk: Uint8Array, life: object): void {
    if (!path.startsWith('/api/assets/bulk-upload-check')) return;
    const unclear = setOf(this.#unclear, life);
    if (unclear.size === 0) return;
    for (const [sha1] of Buffer.from(chunk)
      .toString('latin1')
      .matchAll(/[0-9a-f]{40}/g))
      unclear.delete(`${headers['x-api-key']} ${sha1}`);
  }
}

function setOf(sets: Map<object, Set<string>>, life: object): Set<string> {
  const known = sets.get(life) ?? new Set();
  sets.set(life, known);
  return known;
}

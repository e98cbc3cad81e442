/**
 * Who follows a Sonos speaker, and how they are told: as UPnP has it, each is told in order, one event at a time, of how things are by then,
 * at most five times a second; an event that does not arrive is let go, and the follower stays.
 *
 * Source: UPnP Device Architecture 1.0, section 4 (Eventing); AVTransport:1, 2.3 (LastChange is moderated, 0.2 s).
 */
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const betweenEventsMs = 200;
const answerWithinMs = 30_000;

interface Follower {
  readonly service: string;
  readonly callback: string;
  sequence: number;
  /** Something changed that it was not told yet. */
  hasNews: boolean;
  isBeingTold: boolean;
}

export class SonosFollowers {
  readonly #followers = new Map<string, Follower>();
  readonly #textFor: (service: string) => string;

  /** @param textFor how things are now with a service, in XML */
  constructor(textFor: (service: string) => string) {
    this.#textFor = textFor;
  }

  has(id: string): boolean {
    return this.#followers.has(id);
  }

  /**
   * @param callbacks `<http://127.0.0.1:1400/notify>`
   * @returns the id of a new follower, who will be told how things are; undefined: nowhere to tell it
   */
  add(service: string, callbacks: string): string | undefined {
    const callback = /<([^>]+)>/.exec(callbacks)?.[1];
    if (callback === undefined) return undefined;
    const id = `uuid:${randomUUID()}`;
    this.#followers.set(id, { service, callback, sequence: 0, hasNews: false, isBeingTold: false });
    this.#tell(id);
    return id;
  }

  remove(id: string): boolean {
    return this.#followers.delete(id);
  }

  /** Something changed in a service. */
  tell(service: string): void {
    for (const [id, follower] of this.#followers) if (follower.service === service) this.#tell(id);
  }

  #tell(id: string): void {
    const follower = this.#followers.get(id);
    if (!follower) return;
    follower.hasNews = true;
    if (!follower.isBeingTold) void this.#keepTelling(id, follower);
  }

  /** What changes meanwhile goes into the next event: two on their way at once might be heard in the wrong order. */
  async #keepTelling(id: string, follower: Follower): Promise<void> {
    follower.isBeingTold = true;
    while (follower.hasNews) {
      await sleep(betweenEventsMs, undefined, { ref: false });
      if (!this.has(id)) return;
      follower.hasNews = false;
      await notify(follower.callback, { id, sequence: follower.sequence++, text: this.#textFor(follower.service) });
    }
    follower.isBeingTold = false;
  }
}

interface Event {
  readonly id: string;
  readonly sequence: number;
  readonly text: string;
}

/** By hand, as `fetch` knows no NOTIFY; on a connection of its own, which cannot have been closed meanwhile. */
function notify(url: string, { id, sequence, text }: Event): Promise<void> {
  const headers = { 'content-type': 'text/xml', NT: 'upnp:event', NTS: 'upnp:propchange', SID: id, SEQ: String(sequence) };
  return new Promise((resolve) => {
    const outgoing = request(url, { method: 'NOTIFY', agent: false, headers, signal: AbortSignal.timeout(answerWithinMs) });
    outgoing.on('error', () => resolve());
    outgoing.on('close', () => resolve());
    outgoing.on('response', (response) => response.resume());
    outgoing.end(text);
  });
}

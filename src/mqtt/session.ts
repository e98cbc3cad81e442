/** What is said and heard over one link: the devices are introduced, their states told as they change, and orders taken. */
import type { MqttConfig } from '../config/index.ts';
import type { Greeting } from '../desk/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock, Log } from '../kernel/index.ts';
import type { Audience } from './audience.ts';
import type { Arrived } from './commands.ts';
import { type DeviceConfig, deviceConfigs, offline, online } from './discovery.ts';
import { greetingIn } from './greeting-in.ts';
import type { Link } from './link.ts';
import { type Topics, topicsOf } from './names.ts';
import type { PictureKeeper } from './picture.ts';
import { forgetPublished, notePublished, ownerIn, type Published, publishedBefore } from './published.ts';
import type { KeyedSource } from './source-keys.ts';
import { cleanUp } from './stale.ts';
import { householdState, type Look, problemsState, sourceState } from './states.ts';
import type { UpdateWatch } from './update.ts';
import type { Words } from './words.ts';

export interface SessionParts {
  readonly mqtt: MqttConfig;
  /** In the owner's order. */
  readonly sources: readonly KeyedSource[];
  /** Of the broker, as it may be shown. */
  readonly address: string;
  /** Of this Homeroll. */
  readonly installation: string;
  readonly journal: Pick<Journal, 'facts' | 'durably'>;
  readonly words: Words;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly look: () => Look;
  readonly takeOrder: (arrived: Arrived) => void;
  readonly pictures: PictureKeeper | undefined;
  readonly updates: UpdateWatch | undefined;
  readonly audience: Audience;
  /** Home Assistant says that it is gone, or that it has started. */
  readonly onGreeting: (said: Greeting, isRetained: boolean) => void;
  /** Home Assistant knows the devices by now; whether it listens just now is another question. Told again and again. */
  readonly onIntroduced: () => Promise<void>;
  /** The broker lets us say, but not hear. */
  readonly onDeaf: () => void;
}

// What is retained arrives at once; a busy broker has this long.
const gatherMs = 2_000;
const lookEveryMs = 1_000;

export class Session {
  readonly #link: Link;
  readonly #parts: SessionParts;
  readonly #topics: Topics;
  /** What the broker has of us, by topic: only what differs is published. */
  readonly #said = new Map<string, string | Buffer>();
  readonly #retained = new Map<string, string>();
  /** Whose the topics are, by the topic that tells so. */
  readonly #owners = new Map<string, string | undefined>();
  #ownerBefore: string | undefined;
  #isGathering = true;
  #isOfflineSaid = false;

  constructor(link: Link, parts: SessionParts) {
    this.#link = link;
    this.#parts = parts;
    this.#topics = topicsOf(parts.mqtt);
  }

  /** Whatever came by the link. */
  hear(arrived: Arrived): void {
    const { topic, payload, isRetained } = arrived;
    const { takeOrder, onGreeting } = this.#parts;
    const greeting = greetingIn(arrived, this.#topics);
    if (topic.endsWith('/config')) {
      // Most are of others, and large.
      if (this.#isGathering && isRetained && payload.includes(this.#topics.availability))
        this.#retained.set(topic, payload.toString('utf8'));
    } else if (topic === this.#topics.owner || topic === this.#ownerBefore) {
      this.#owners.set(topic, ownerIn(payload.toString('utf8')));
    } else if (topic === this.#topics.availability) {
      // An old link's will may come late, and another life's farewell.
      this.#isOfflineSaid ||= payload.toString('utf8') === offline;
    } else if (greeting) onGreeting(greeting, isRetained);
    else if (topic !== this.#topics.birth && topic !== this.#topics.farewell) takeOrder(arrived);
  }

  /** Until `signal` is aborted. @throws BrokerTrouble when the link is down */
  async run(signal: AbortSignal): Promise<void> {
    const { allCommands, birth, farewell, availability, allConfigs, owner } = this.#topics;
    const before = publishedBefore(this.#parts.journal);
    this.#ownerBefore = before?.owner;
    const left = this.#noteBeforehand(before);
    const isHeard = await this.#link.subscribe([...new Set([...allCommands, birth, farewell, availability])]);
    if (!isHeard) this.#parts.onDeaf();
    // A broker that keeps these to itself has us clean up nothing.
    await this.#link.subscribe([allConfigs]);
    await this.#link.subscribe([...new Set([owner, before?.owner ?? owner])]);
    await this.#tell(availability, online);
    await this.#rest(gatherMs, signal);
    this.#isGathering = false;
    await this.#link.unsubscribe(allConfigs);
    const cleared = [await this.#clear(left), await this.#forgetStale()];
    // Home Assistant is to have forgotten an entity before another takes its id.
    if (cleared.includes(true)) await this.#rest(lookEveryMs, signal);
    while (!signal.aborted) {
      if (this.#parts.audience.hasStarted()) this.#said.clear();
      if (this.#isOfflineSaid) this.#said.delete(availability);
      this.#isOfflineSaid = false;
      await this.#introduce();
      // It has this long to make the entities of what it was told.
      await this.#rest(lookEveryMs, signal);
      if (!signal.aborted) await this.#parts.onIntroduced();
    }
  }

  /** Home Assistant is to forget the devices: there is no such household here any more. */
  async withdraw(): Promise<void> {
    // All at once, the devices first: there is little time.
    await Promise.all(this.#published().topics.map((topic) => this.#tell(topic, '')));
    forgetPublished(this.#parts.journal);
  }

  async leave(): Promise<void> {
    await this.#tell(this.#topics.availability, offline);
  }

  /** Configs, states and picture, as far as they are not said. Configs go first: a state means nothing without them. */
  async #introduce(): Promise<void> {
    const { pictures, updates } = this.#parts;
    const { availability, state, problems, picture, update, owner } = this.#topics;
    const { installation, version } = this.#parts;
    const look = this.#parts.look();
    for (const [topic, config] of this.#configs(look)) await this.#tell(topic, JSON.stringify(config));
    await this.#tell(owner, JSON.stringify({ id: installation, version }));
    await this.#tell(availability, online);
    // Before the state: who is woken by "problem" looks for the sentences.
    await this.#tell(problems, JSON.stringify(problemsState(look)));
    await this.#tell(state, JSON.stringify(householdState(look)));
    const places = this.#sourceStates();
    for (const source of look.sources) {
      const topic = places.get(source.name);
      if (topic !== undefined) await this.#tell(topic, JSON.stringify(sourceState(source)));
    }
    if (pictures?.current) await this.#tell(picture, pictures.current.bytes);
    if (updates) await this.#tell(update, JSON.stringify(updates.state));
  }

  /** Before anything is published. @returns what an earlier life had the broker keep, and this one has no use for: its topic or sources were others */
  #noteBeforehand(before: Published | undefined): readonly string[] {
    const { journal, address, log } = this.#parts;
    const now = this.#published();
    if (before && before.address !== address) log.warn(leftElsewhere(before));
    const left = before?.address === address ? before.topics.filter((topic) => !now.topics.includes(topic)) : [];
    notePublished(journal, before && left.length > 0 ? { ...now, owner: before.owner, topics: [...now.topics, ...left] } : now);
    return left;
  }

  /** @returns whether anything was cleared: not where another Homeroll was given that topic since */
  async #clear(left: readonly string[]): Promise<boolean> {
    const { journal, installation } = this.#parts;
    const whose = this.#ownerBefore === undefined ? undefined : this.#owners.get(this.#ownerBefore);
    const isOurs = whose === undefined || whose === installation;
    for (const topic of isOurs ? left : []) await this.#link.publish(topic, '', { isRetained: true });
    notePublished(journal, this.#published());
    return isOurs && left.length > 0;
  }

  /** All that the broker keeps for us. */
  #published(): Published {
    const { owner, availability, state, problems, picture, update } = this.#topics;
    const configs = this.#configs(this.#parts.look()).keys();
    const topics = [...configs, owner, availability, state, problems, picture, update, ...this.#sourceStates().values()];
    return { address: this.#parts.address, owner, topics };
  }

  /** What an earlier run left behind: sources and entities that are no more, and the picture of an owner who shows none now. */
  async #forgetStale(): Promise<boolean> {
    const { pictures, look } = this.#parts;
    const question = { wanted: this.#configs(look()), availability: this.#topics.availability };
    const messages = [...this.#retained].flatMap(([topic, payload]) => cleanUp(topic, payload, question));
    for (const { topic, payload } of messages) await this.#link.publish(topic, payload, { isRetained: true });
    this.#retained.clear();
    if (!pictures) await this.#tell(this.#topics.picture, '');
    return messages.length > 0;
  }

  #configs({ proof }: Look): ReadonlyMap<string, DeviceConfig> {
    const { pictures, updates } = this.#parts;
    const pictureType = pictures?.current?.type ?? 'image/jpeg';
    return deviceConfigs({ ...this.#parts, isUpdateShown: updates !== undefined, proof, pictureType });
  }

  /** The topic of each source's state, by its name. */
  #sourceStates(): ReadonlyMap<string, string> {
    return new Map(this.#parts.sources.map(({ name, key }) => [name, this.#topics.ofSource(key).state]));
  }

  async #tell(topic: string, payload: string | Buffer): Promise<void> {
    if (this.#said.get(topic) === payload) return;
    await this.#link.publish(topic, payload, { isRetained: true });
    this.#said.set(topic, payload);
  }

  async #rest(delayMs: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const slept = this.#parts.clock.sleep(delayMs, AbortSignal.any([signal, over.signal])).catch(() => undefined);
    const ended = await Promise.race([slept, this.#link.down]);
    over.abort();
    if (ended && !signal.aborted) throw ended;
  }
}

function leftElsewhere({ address, topics }: Published): string {
  const [first = ''] = topics;
  return `Homeroll is at another MQTT broker now. What it published at ${address} stays there, beginning with ${first}: delete its devices in the Home Assistant that uses that broker.`;
}

/** What the configuration needs of Home Assistant by name, how a renamed one is followed, and what is said when one is not there. Pure. */
import { listed } from './counting.ts';
import { guess } from './did-you-mean.ts';

export type HomeUse = 'when' | 'only while' | 'calendar' | 'speaker' | 'voice' | 'phone';

export interface NeededAtHome {
  /** `person.anna`, `calendar.family`; of a phone its action, `notify.mobile_app_anna`. */
  readonly id: string;
  readonly use: HomeUse;
  /** Name of the source that needs it; left out: news do. */
  readonly source?: string;
}

/** By what Home Assistant itself knows an entity, whatever its id. */
export interface Identity {
  readonly platform: string;
  readonly uniqueId: string;
}

export interface KnownName extends Identity {
  /** What it is called now, where that is not what the owner wrote. */
  readonly now?: string;
}

/** By the id that the owner wrote. */
export type KnownNames = Readonly<Record<string, KnownName>>;

export interface NamesQuestion {
  /** Ids of entities as the owner wrote them. */
  readonly written: readonly string[];
  readonly registered: readonly (Identity & { readonly id: string })[];
  /** What was said to be called otherwise, maybe before it was known what it is known by: the new id by the one that was written. */
  readonly heard?: ReadonlyMap<string, string>;
  /** Home Assistant has an entity of that id, in its list or not. */
  readonly isThere: (id: string) => boolean;
}

/**
 * What is to be remembered of the names from now on. One that is there under the name that was written is that one, whoever bore it before:
 * who replaces a speaker gives the new one the old name. Only when nothing bears it any more, the one that did is followed.
 */
export function followNames(known: KnownNames, { written, registered, heard, isThere }: NamesQuestion): KnownNames {
  return Object.fromEntries(
    written.flatMap((id): readonly (readonly [string, KnownName])[] => {
      const named = registered.find((one) => one.id === id);
      if (named) return [[id, { platform: named.platform, uniqueId: named.uniqueId }]];
      const before = known[id] ?? registered.find((one) => one.id === heard?.get(id));
      if (!before) return [];
      const { platform, uniqueId } = before;
      // Home Assistant lists the new id before it takes the old one's state away: what is still there under the old one is followed later.
      if (isThere(id)) return [[id, { platform, uniqueId }]];
      const same = registered.find((one) => one.platform === platform && one.uniqueId === uniqueId);
      return [[id, { platform, uniqueId, ...(same && { now: same.id }) }]];
    }),
  );
}

/** `person.anna is called person.anna_b in Home Assistant now. Homeroll follows; write the new name in homeroll.yaml ("when" of Phone).` */
export function tellRenamed({
  from,
  to,
  needs,
}: {
  readonly from: string;
  readonly to: string;
  readonly needs: readonly NeededAtHome[];
}): string {
  return `${from} is called ${to} in Home Assistant now. Homeroll follows. Write the new name in homeroll.yaml (${placesOf(needs)}).`;
}

const consequences: Readonly<Record<HomeUse, string>> = {
  when: 'is not looked through by itself',
  'only while': 'stays as it was known last',
  calendar: 'gets no albums by its entries',
  speaker: 'nothing is said aloud on it',
  voice: 'nothing is said aloud',
  phone: 'that phone is told nothing',
};

/** @param alike ids of its kind that Home Assistant has */
export function tellMissing({ needs, alike }: { readonly needs: readonly NeededAtHome[]; readonly alike: readonly string[] }): string {
  const [{ id, use } = { id: '', use: 'when' } satisfies NeededAtHome] = needs;
  const follows = [
    ...new Set(needs.map(({ use: of, source }) => (source === undefined ? consequences[of] : `${source} ${consequences[of]}`))),
  ];
  const what = use === 'phone' ? `no action ${id}` : `no ${id}`;
  const cure =
    use === 'phone'
      ? "Sign in Home Assistant's app on that phone again"
      : 'Restore or enable it there (Settings, Devices & services, Entities)';
  return `Home Assistant has ${what}: ${listed(follows)}.${guess(id, alike)} ${cure}, or correct ${placesOf(needs)} in homeroll.yaml.`;
}

export function tellFound(id: string): string {
  return `Home Assistant has ${id} again.`;
}

/** `"when" of Phone and "speaker"` */
function placesOf(needs: readonly NeededAtHome[]): string {
  return listed([...new Set(needs.map(({ use, source }) => (source === undefined ? `"${use}"` : `"${use}" of ${source}`)))]);
}

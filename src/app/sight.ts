/** How this machine is looked at: pictures with the patience that a share may need, everything else with as little as a command has time for. */
import type { Config } from '../config/index.ts';
import { type Disk, type OwnFiles, Readers, timeOfDayIn, type Watcher } from '../files/index.ts';
import { type Clock, systemTimeZone } from '../kernel/index.ts';

export interface Sight {
  /** Settings, keys, certificates, the place of the journal. */
  readonly files: OwnFiles;
  /** For a look in passing: a share that does not answer at once counts as one that does not answer. */
  readonly quickDisk: Disk;
  /** The same, of pictures: it tells times by the owner's clock. */
  glance(config: Pick<Config, 'timeZone'>): Disk;
  /** For the work on pictures. */
  eyes(config: Pick<Config, 'timeZone'>): { readonly disk: Disk; readonly watcher: Watcher };
  /** The end has come: what does not answer is not waited for any longer. */
  letGo(): Promise<void>;
}

// 500 ms: with what it takes to start two processes, a command has its answer within two seconds, also on a small machine.
const passingMs = 500;

export function sightOf(clock: Clock): Sight {
  const readers = new Readers({ clock });
  const passing = (timeZone: string) => ({ patienceMs: passingMs, timeOfDay: timeOfDayIn(timeZone, clock) });
  return {
    // Settings and the place of the journal are looked at before anybody knows the owner's time zone.
    files: readers.files(passing(systemTimeZone())),
    quickDisk: readers.disk(passing(systemTimeZone())),
    glance: ({ timeZone }) => readers.disk(passing(timeZone)),
    eyes({ timeZone }) {
      const view = { timeOfDay: timeOfDayIn(timeZone, clock) };
      const disk = readers.disk(view);
      return { disk, watcher: readers.watcher(disk, view) };
    },
    letGo: () => readers.letGo(),
  };
}

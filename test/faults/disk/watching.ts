/** A system that lets Homeroll watch no (more) folders: it sweeps instead, and says so. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { House } from '../../journeys/house.ts';
import { until } from '../../journeys/program.ts';
import type { Fault } from '../fault.ts';
import { tollOfHouse } from '../scenes.ts';
import { all, expecting, onProcess } from './kit.ts';

const launcher = join(import.meta.dirname, '..', '..', '..', 'bin', 'homeroll');

/** A real Homeroll in a user namespace of its own, where root may lower what its processes may watch. */
class LimitedHomeroll implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  said = '';

  constructor(folder: string, limit: string, most: number) {
    const script = `echo ${most} > /proc/sys/user/${limit} && exec "$0" run`;
    this.#child = spawn('unshare', ['-Ur', 'sh', '-c', script, launcher], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOME: folder },
    });
    this.#ended = new Promise((resolve) => this.#child.once('close', resolve));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
      });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
  }
}

const noLimits = mayLimit() ? undefined : 'needs Linux, and the right to make a user namespace (unshare -Ur)';

function mayLimit(): boolean {
  try {
    execFileSync('unshare', ['-Ur', 'sh', '-c', 'echo 1 > /proc/sys/user/max_inotify_watches'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export const watchFaults: readonly Fault[] = (
  [
    { what: 'no more folders may be watched', limit: 'max_inotify_watches', most: 5 },
    { what: 'no more programs may watch', limit: 'max_inotify_instances', most: 0 },
  ] as const
).map(({ what, limit, most }) =>
  onProcess({
    name: `${what} (inotify's limit)`,
    tries: 2,
    skip: noLimits,
    async strike(seed) {
      await using house = await House.open({ sources: [{ 'sweep every': '2 s' }] });
      for (let number = 0; number < 12; number += 1) await house.write(`${number}/a.jpg`, `in folder ${number}`);
      await using homeroll = new LimitedHomeroll(house.folder, limit, most);
      await until(async () => (await house.immich.assets()).length === 12, 'what was there is stored');
      const late = seed === 1 ? '11/late.jpg' : 'new/late.jpg';
      await house.write(late);
      await until(async () => (await house.places())[late] === 'safe', 'what comes later is found by the sweep');
      const sentences = homeroll.said.match(/found by the regular sweep only/g)?.length ?? 0;
      return all(await tollOfHouse(house), expecting([sentences === 1, `that it only sweeps was said ${sentences} times`]));
    },
  }),
);

/** One exiftool process: started at the first question, started anew when it died, ended after a minute without one. */
import type { ChildProcess } from 'node:child_process';
import type { ExifTool } from 'exiftool-vendored';
import { spawnExiftool } from './exiftool-command.ts';
import type { Tags } from './told-dates.ts';

/** Of one answer. The longest real ones are some hundred KB. */
const longestAnswerBytes = 16 * 1024 * 1024;
const idleMs = 60_000;

/** Immich's own, so that both read alike. Without `-fast`, which misses a film's head behind its frames. */
const readArgs = ['-api', 'largefilesupport=1'];
/** The groups that tell a tag (0), and which of several of one name Immich sees (4). The package must see `-G` itself. */
const withGroups = ['-G', '-G0:4'];
/** Also what lies among the frames of a film: of thousands of samples only what Immich sees. */
const thoroughly = ['-ee', '-G', '--a'];
const likeImmich = {
  defaultVideosToUTC: true,
  backfillTimezones: true,
  inferTimezoneFromDatestamps: true,
  inferTimezoneFromTimeStamp: true,
  useMWG: true,
  geolocation: true,
} as const;

export class ExiftoolProcess implements AsyncDisposable {
  readonly #limitMs: number;
  #tool: Promise<ExifTool> | undefined;
  #child: ChildProcess | undefined;
  #heardBytes = 0;

  /** @param limitMs for one answer; a process that takes longer is ended */
  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** True while a process that was ended is still there: stuck in the kernel, by a device that does not answer. */
  get isStuck(): boolean {
    return this.#tool === undefined && this.isAlive;
  }

  /** Resolves when the process that was started last is no more. */
  async whenGone(): Promise<void> {
    const child = this.#child;
    if (child && this.isAlive) await new Promise((resolve) => child.once('exit', resolve));
  }

  get isAlive(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined;
  }

  /**
   * @param isThorough also what lies among the frames of a film (`-ee`): that means reading all of it
   * @throws when exiftool does not start, dies, or takes too long
   */
  async read(procPath: string, { isThorough }: { readonly isThorough: boolean }): Promise<Tags> {
    // Whatever is written to exiftool's stdin is an order to it.
    if (!/^\/proc\/\d+\/fd\/\d+$/.test(procPath)) throw new TypeError(`not the path of an open file: ${procPath}`);
    this.#tool ??= this.#open();
    const tool = await this.#tool;
    this.#heardBytes = 0;
    const tags = await tool.read(procPath, { readArgs: [...readArgs, ...(isThorough ? thoroughly : withGroups)] });
    return tags as unknown as Tags;
  }

  /** Ends the process at once. Waits for nothing: one that is stuck in the kernel cannot be waited for. */
  end(): void {
    const tool = this.#tool;
    this.#tool = undefined;
    this.#child?.kill('SIGKILL');
    void tool?.then((one) => one.end(false)).catch(() => undefined); // it says so when a process does not go; `isStuck` tells
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end();
  }

  async #open(): Promise<ExifTool> {
    // Large, and most households never need it.
    const { ExifTool, exiftool } = await import('exiftool-vendored');
    // The package opens one for everybody when it is loaded, with timers. Nobody uses it.
    void exiftool.end();
    return new ExifTool({
      ...likeImmich,
      maxProcs: 1,
      taskRetries: 0,
      taskTimeoutMillis: this.#limitMs,
      spawnTimeoutMillis: this.#limitMs,
      maxIdleMsPerProcess: idleMs,
      maxProcAgeMillis: 0, // five hundred answers are enough to begin anew
      onIdleIntervalMillis: idleMs / 4,
      checkPerl: false, // `exiftoolHitch` looked, and knows how it is started
      processFactory: async () => this.#spawn(),
    });
  }

  #spawn(): ChildProcess {
    const child = spawnExiftool();
    child.stdout?.on('data', (chunk: Buffer) => {
      this.#heardBytes += chunk.length;
      if (this.#heardBytes > longestAnswerBytes) child.kill('SIGKILL');
    });
    this.#child = child;
    return child;
  }
}

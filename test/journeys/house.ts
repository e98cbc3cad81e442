/** A house to tell stories about: folders with real files, a practice Immich over HTTP, a letterbox for news, and Homeroll as a process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FaultPlan, Version } from '../../src/practice/index.ts';
import { bytesNamed } from '../kit/halves.ts';
import { ImmichByHand } from './immich-by-hand.ts';
import { Letterbox } from './letterbox.ts';
import { type Ended, type Place, Program, until } from './program.ts';
import { Server } from './server.ts';

export interface HouseWish {
  readonly version?: Version;
  readonly faults?: FaultPlan['faults'];
  /** Each as written in homeroll.yaml; what is left out is `Phone`, settled at once. */
  readonly sources?: readonly Readonly<Record<string, unknown>>[];
  /** Anything else of homeroll.yaml. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface OnceWish extends Pick<Place, 'env' | 'deadlineMs'> {
  readonly patience?: string;
  readonly words?: readonly string[];
}

export interface Once extends Ended {
  /** What `--json` said; undefined when it was not there to say anything. */
  readonly answer: Answer | undefined;
}

interface Answer {
  readonly files: Readonly<Record<string, number>>;
  readonly sources: readonly { readonly name: string; readonly state: string; readonly reason?: string }[];
  readonly work: { readonly uploads: number; readonly filesOpened: number; readonly proofs: number };
  readonly troubles: readonly { readonly account: string; readonly sentence: string }[];
}

export interface FileLine {
  readonly path: string;
  readonly pathBase64?: string;
  readonly source: string;
  readonly state: string;
  readonly stage: string;
  readonly role: string;
  readonly reason: string | null;
  readonly sha1: string | null;
  readonly assetId: string | null;
  readonly provenAt: string | null;
  readonly albums: readonly string[];
}

export interface Why extends FileLine {
  readonly now: readonly string[];
  readonly history: readonly { readonly to: string; readonly reason: string | null }[];
}

export class House implements AsyncDisposable {
  readonly folder: string;
  readonly server: Server;
  readonly letterbox: Letterbox;
  readonly #wish: HouseWish;
  readonly #programs: Program[] = [];

  private constructor(wish: HouseWish, parts: Pick<House, 'folder' | 'server' | 'letterbox'>) {
    this.#wish = wish;
    this.folder = parts.folder;
    this.server = parts.server;
    this.letterbox = parts.letterbox;
  }

  static async open(wish: HouseWish = {}): Promise<House> {
    const folder = mkdtempSync(join(tmpdir(), 'homeroll-house-'));
    const server = await Server.start({ dataDir: join(folder, 'immich'), version: wish.version ?? '3.1.0', faults: wish.faults ?? [] });
    const house = new House(wish, { folder, server, letterbox: await Letterbox.open() });
    for (const { folder: of } of house.sources) await mkdir(join(folder, of), { recursive: true });
    await house.configure();
    return house;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#programs.map((program) => program[Symbol.asyncDispose]()));
    await this.server.close();
    await this.letterbox[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What Anna, or another, does in Immich. */
  get immich(): ImmichByHand {
    return this.immichOf('Anna');
  }

  immichOf(name: string): ImmichByHand {
    return new ImmichByHand(this.server.url, this.server.keyOf(name));
  }

  /** Writes homeroll.yaml; JSON is YAML too. */
  async configure(settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const accounts = Object.fromEntries(this.server.users.map(({ name, key }) => [name.toLowerCase(), { key }]));
    const config = {
      immich: { url: this.server.url, accounts },
      'time zone': 'Europe/Berlin',
      state: 'state',
      sources: this.sources,
      tell: ['log', { webhook: this.letterbox.url }],
      ...this.#wish.settings,
      ...settings,
    };
    await writeFile(join(this.folder, 'homeroll.yaml'), JSON.stringify(config, null, 2));
  }

  /** As written in homeroll.yaml. */
  get sources(): readonly { readonly name: string; readonly folder: string }[] {
    return (this.#wish.sources ?? [{}]).map((source) => {
      const name = typeof source.name === 'string' ? source.name : 'Phone';
      return { name, folder: name, account: 'anna', settle: '0 s', ...source };
    });
  }

  // The disk.

  path(name: string, source = 'Phone'): string {
    return join(this.folder, source, name);
  }

  /** Puts a file there, and says which text is in it; the halves of live photos hold more, see `halves.ts`. */
  async write(name: string, text = `the bytes of ${name}`, source = 'Phone'): Promise<string> {
    await mkdir(dirname(this.path(name, source)), { recursive: true });
    await writeFile(this.path(name, source), bytesNamed(name, text));
    return text;
  }

  async move(from: string, to: string): Promise<void> {
    await mkdir(dirname(this.path(to)), { recursive: true });
    await rename(this.path(from), this.path(to));
  }

  read(name: string): Promise<Buffer> {
    return readFile(this.path(name));
  }

  remove(name: string): Promise<void> {
    return rm(this.path(name), { recursive: true });
  }

  /** Gives a file another time of change: any clock may have written it. */
  touch(name: string, moment = '2024-07-14T10:00:00Z'): Promise<void> {
    return utimes(this.path(name), new Date(moment), new Date(moment));
  }

  /** Lets a file become older than its birth, as all are that took a moment to write: some disks tell time in ticks of 10 ms. */
  async age(name: string): Promise<void> {
    await until(async () => {
      await this.touch(name);
      const { ctimeNs, birthtimeNs } = await stat(this.path(name), { bigint: true });
      return ctimeNs !== birthtimeNs;
    }, `${name} is older than its birth`);
  }

  // Homeroll.

  start(words: readonly string[], place: Omit<Place, 'folder'> = {}): Program {
    const program = new Program(words, { folder: this.folder, ...place });
    this.#programs.push(program);
    return program;
  }

  /** Lets it speak to the end. */
  say(...words: readonly string[]): Promise<Ended> {
    return this.start(words).ended;
  }

  startOnce({ patience = '0 s', words = [], ...place }: OnceWish = {}): Program {
    return this.start(['once', '--json', '--patience', patience, ...words], place);
  }

  async once(wish: OnceWish = {}): Promise<Once> {
    const ended = await this.startOnce(wish).ended;
    return { ...ended, answer: ended.stdout === '' ? undefined : JSON.parse(ended.stdout) };
  }

  async status(): Promise<Omit<Answer, 'work' | 'troubles'>> {
    return JSON.parse((await this.say('status', '--json')).stdout);
  }

  async files(): Promise<readonly FileLine[]> {
    const { stdout } = await this.say('files', '--json');
    return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  }

  /** Where each file that is still on disk stands, by its path below the source's folder. */
  async places(): Promise<Readonly<Record<string, string>>> {
    const present = (await this.files()).filter(({ state }) => state !== 'gone');
    return Object.fromEntries(present.map(({ path, source, state }) => [path.slice(join(this.folder, source).length + 1), state]));
  }

  async why(name: string, source = 'Phone'): Promise<Why> {
    return JSON.parse((await this.say('why', '--json', this.path(name, source))).stdout);
  }
}

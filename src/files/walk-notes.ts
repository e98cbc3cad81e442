/** What a walk notes of one folder besides its files: the marks in it, and how much it left alone. */
import { nameOfLeftAlone } from '../domain/index.ts';
import type { Disk, FileStat, FolderEntry } from './disk.ts';
import { type LeaveAlone, type MarkKind, markNames } from './ignored.ts';
import { joinPath, type PathBytes } from './path-bytes.ts';

export interface WalkedFile {
  readonly name: Buffer;
  readonly stat: FileStat;
}

export interface FoundMark {
  readonly kind: MarkKind;
  readonly stat: FileStat;
}

/** The marks of one folder, as they come by in its listing. */
export class Marks {
  readonly #disk: Disk;
  readonly #path: PathBytes;
  #found: FoundMark[] = [];
  #isTold = false;

  constructor(disk: Disk, path: PathBytes) {
    this.#disk = disk;
    this.#path = path;
  }

  see(file: WalkedFile): WalkedFile {
    const kind = markKinds.find((one) => file.name.equals(Buffer.from(markNames[one])));
    if (kind) this.#found.push({ kind, stat: file.stat });
    return file;
  }

  /** Of a folder of several chunks a mark may lie in a later one. */
  async lookForMore(): Promise<{ readonly marks?: readonly FoundMark[] }> {
    if (this.#isTold) return {};
    for (const kind of markKinds.filter((one) => !this.#found.some((found) => found.kind === one))) {
      const stat = await this.#disk.stat(joinPath(this.#path, Buffer.from(markNames[kind])));
      if (stat?.kind === 'file') this.#found.push({ kind, stat });
    }
    const told = this.take();
    this.#isTold = true;
    return told;
  }

  take(): { readonly marks?: readonly FoundMark[] } {
    if (this.#isTold || this.#found.length === 0) return {};
    this.#isTold = true;
    return { marks: this.#found };
  }
}

const markKinds = Object.keys(markNames) as readonly MarkKind[];

/** What of one folder is left alone, and how much of it. */
export class Passed {
  readonly #folder: PathBytes;
  readonly #leave: LeaveAlone;
  #counts: Record<string, number> = {};
  #folders: PathBytes[] = [];

  /** @param folder relative to the source */
  constructor(leave: LeaveAlone, folder: PathBytes) {
    this.#leave = leave;
    this.#folder = folder;
  }

  by(entry: FolderEntry): boolean {
    const by = this.#leave(this.#folder, entry);
    const name = by && nameOfLeftAlone(by);
    if (name !== undefined) this.#counts[name] = (this.#counts[name] ?? 0) + 1;
    if (by && 'mark' in by && entry.kind === 'folder') this.#folders.push(joinPath(this.#folder, entry.name));
    return by !== undefined;
  }

  /** Those since it was asked last. */
  take(): { readonly leftAlone?: Readonly<Record<string, number>>; readonly leftFolders?: readonly PathBytes[] } {
    const [leftAlone, leftFolders] = [this.#counts, this.#folders];
    this.#counts = {};
    this.#folders = [];
    return { ...(Object.keys(leftAlone).length > 0 && { leftAlone }), ...(leftFolders.length > 0 && { leftFolders }) };
  }
}

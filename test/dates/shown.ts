/**
 * What Immich will show as a picture's date, by Immich's own rules and with nothing of Homeroll's: exiftool with Immich's options over the
 * whole file, the first date in Immich's order of tags, its rules for zones; and where there is no date, what it was sent.
 */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefaultReadTaskOptions, ExifDateTime, ExifTool, type Tags } from 'exiftool-vendored';
import type { Sent } from './sent.ts';

/** In this order; the last is one of Insta360's that exiftool has no name for. */
const dateTags = [
  'SubSecDateTimeOriginal',
  'SubSecCreateDate',
  'DateTimeOriginal',
  'CreationDate',
  'CreateDate',
  'MediaCreateDate',
  'DateTimeCreated',
  'GPSDateTime',
  'DateTimeUTC',
  'SonyDateTime2',
  'SourceImageCreateTime',
] as const;

export interface Shown {
  /** Wall clock in Immich's timeline: `2024-07-14T09:21:33`. */
  readonly local: string;
  /** `DateTimeOriginal`, `sidecar DateTimeOriginal`; `nothing` where no tag told and the dates that were sent are shown. */
  readonly by: string;
  readonly zone?: string;
  /** What exiftool said of a file that it could not make sense of. */
  readonly trouble?: string;
}

type AnyTags = Tags & Readonly<Record<string, unknown>>;

export interface Asked {
  /** Bytes: names need not be text. */
  readonly path: Buffer;
  /** With its dot. Immich keeps files under names of its own, with this at the end. */
  readonly extension: string;
  readonly isVideo: boolean;
  readonly sent: Sent;
}

export class ImmichsEyes implements AsyncDisposable {
  // As Immich makes it. No -fast: what it leaves out Immich sees.
  readonly #exiftool = new ExifTool({
    defaultVideosToUTC: true,
    backfillTimezones: true,
    inferTimezoneFromDatestamps: true,
    inferTimezoneFromTimeStamp: true,
    useMWG: true,
    numericTags: [...DefaultReadTaskOptions.numericTags, 'FocalLength', 'FileSize'],
    geolocation: true,
    readArgs: ['-api', 'largefilesupport=1'],
    taskTimeoutMillis: 120_000,
    maxProcs: 2,
    // Its container's zone, and nobody's settings.
    exiftoolEnv: { ...process.env, TZ: 'UTC', HOME: '/nonexistent', EXIFTOOL_HOME: '/nonexistent' },
  });
  readonly #folder = mkdtempSync(join(tmpdir(), 'homeroll-dates-'));
  #asked = 0;

  async shown({ path, extension, isVideo, sent }: Asked): Promise<Shown> {
    const name = join(this.#folder, String(++this.#asked));
    symlinkSync(path, name + extension);
    const file = await this.#read(name + extension, isVideo);
    if (!sent.sidecar) return shownBy({ file, sent });
    writeFileSync(`${name}.xmp`, sent.sidecar);
    return shownBy({ file, sidecar: await this.#read(`${name}.xmp`, false), sent });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#exiftool.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A file that exiftool cannot read has no tags for Immich. */
  async #read(path: string, isVideo: boolean): Promise<AnyTags> {
    try {
      return (await this.#exiftool.read(path, isVideo ? { readArgs: ['-ee'] } : {})) as AnyTags;
    } catch {
      return {};
    }
  }
}

function isHomerolls(sidecar: Uint8Array | undefined): boolean {
  return Buffer.from(sidecar ?? []).includes('x:xmptk="Homeroll"');
}

/**
 * Pure: a date in the sidecar, of whichever tag, puts all dates and the zone of the file aside. Not so in a sidecar that Homeroll wrote
 * itself: that one makes Immich show Homeroll's own date, so a date of the file that Homeroll missed would never be told here.
 */
export function shownBy({ file, sidecar, sent }: { file: AnyTags; sidecar?: AnyTags; sent: Sent }): Shown {
  const inFile = firstDate(file);
  const inSidecar = sidecar && firstDate(sidecar);
  if (inSidecar && !(inFile && isHomerolls(sent.sidecar)))
    return { ...atZone(inSidecar.date, sidecar.zone), by: `sidecar ${inSidecar.tag}` };
  if (inFile) return { ...atZone(inFile.date, sidecar?.zone ?? file.zone), by: inFile.tag };
  // The last is when Immich wrote the file.
  const sentMs = Math.min(...[sent.createdAt, sent.modifiedAt, sent.receivedAt].map((date) => Date.parse(date)));
  const trouble = file.Error ?? file.Warning;
  return { local: new Date(sentMs).toISOString().slice(0, 19), by: 'nothing', ...(trouble !== undefined && { trouble }) };
}

function firstDate(tags: AnyTags): { readonly tag: string; readonly date: ExifDateTime } | undefined {
  for (const tag of dateTags) {
    const value = tags[tag];
    const date = typeof value === 'string' ? ExifDateTime.fromEXIF(value) : value;
    if (date instanceof ExifDateTime) return { tag, date };
  }
  return undefined;
}

/** A wall clock without a zone is taken for UTC; then all is shown on the clock of the zone that exiftool's library found, or else in UTC. */
function atZone(date: ExifDateTime, zone: string | undefined): { readonly local: string; readonly zone?: string } {
  const instant = date.hasZone ? date.toDateTime() : date.toDateTime('UTC');
  return { local: instant.setZone(zone ?? 'UTC').toFormat("yyyy-MM-dd'T'HH:mm:ss"), ...(zone && { zone }) };
}

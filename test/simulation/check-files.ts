/** Whether what the journal says of files is true: proofs, states, reasons, numbers; and that a share which is away lost nothing. */

import { isAtRest } from '../../src/domain/index.ts';
import { isIgnoredPath } from '../../src/files/index.ts';
import { isWaitingForHome } from './check-home.ts';
import type { FileOnDisk } from './disk.ts';
import { type Finding, found } from './finding.ts';
import { sha1Of } from './records.ts';
import { show } from './show.ts';
import type { JournalRow } from './truth.ts';
import { rootOf } from './volumes.ts';
import type { World } from './world.ts';

const doneStates = new Set(['unproven', 'kept', 'proven', 'safe']);
const reasonStates = new Set(['blocked', 'letGo', 'unwanted', 'left']);
// The longest wait is an hour, a sweep comes every hour, and a rest is settled before the next.
const calmForMs = 3 * 3_600_000;

export const named = (row: Pick<JournalRow, 'path'>): string => show(Buffer.from(row.path, 'latin1'));
export const isDoneRow = ({ state }: JournalRow): boolean => doneStates.has(state);

export function findFileLies(world: World): readonly Finding[] {
  const rows = world.truth.rows();
  const findings = rows.flatMap((row) => findLiesOf(row, world));
  for (const [source, known] of world.away) {
    for (const row of rows) {
      if (row.source !== source || row.state !== 'gone' || !known.has(row.id)) continue;
      findings.push(found('called gone', `${source} is away, and ${named(row)} is called gone`));
    }
  }
  return [...findings, ...findCalledGone(world), ...findWrongNumbers(world), ...findUnnoticed(world)];
}

/** What lay still on a disk that was there all the time was not gone, though the disk may have had errors. */
function findCalledGone({ truth, records, disk, clock, wereFilesHidden }: World): readonly Finding[] {
  const gone = truth.rows().filter(({ state }) => state === 'gone');
  const { ids, atMs } = records.goneBefore;
  const wrong = gone.filter(({ id, path }) => {
    const at = Buffer.from(path, 'latin1');
    return !ids.has(id) && disk.bytesAt(at) !== undefined && records.stirredAtMs(at) < atMs;
  });
  records.goneBefore = { ids: new Set(gone.map(({ id }) => id)), atMs: clock.elapsed() };
  if (wereFilesHidden) return [];
  return wrong.map((row) => found('called gone', `${named(row)} lies where it lay, and is called gone`));
}

function findLiesOf(row: JournalRow, { truth, server, records, userOf }: World): readonly Finding[] {
  const findings: Finding[] = [];
  const userId = userOf(row.source);
  if (isDoneRow(row)) {
    const asset = row.sha1 === null ? undefined : truth.assetOf(userId, row.sha1);
    const isThere = asset !== undefined && !asset.isTrashed;
    const content = `${userId} ${row.sha1}`;
    const mayBeGone = records.everUndone.has(content) || records.everLost.has(content);
    if (!isThere && (!mayBeGone || records.trashedBefore.has(content))) {
      findings.push(found('called done', `${named(row)} is called ${row.state}, and Immich does not have it`));
    }
  }
  if ((row.state === 'proven' || row.state === 'safe') && !server.servedWhole.has(`${row.assetId} ${row.sha1}`)) {
    findings.push(found('false proof', `${named(row)} is called ${row.state}, and Immich never gave those bytes back`));
  }
  if (reasonStates.has(row.state) && !row.reason) findings.push(found('without a reason', `${named(row)} is ${row.state}, and why?`));
  return findings;
}

const countedSql = `SELECT source_id AS source, state, count(*) AS files, sum(size) AS bytes FROM file WHERE role = 'main'
  GROUP BY source_id, state ORDER BY source_id, state`;
const talliedSql = 'SELECT source_id AS source, state, files, bytes FROM tally WHERE files > 0 ORDER BY source_id, state';
const contradictedSql = `SELECT id, state, (SELECT to_state FROM history WHERE file_id = file.id ORDER BY id DESC LIMIT 1) AS told FROM file
  WHERE state IS NOT told`;

function findWrongNumbers({ truth }: World): readonly Finding[] {
  const [counted, tallied] = [truth.ask(countedSql), truth.ask(talliedSql)].map((rows) => JSON.stringify(rows));
  const findings = counted === tallied ? [] : [found('wrong numbers', `the numbers are ${tallied}, and a count finds ${counted}`)];
  for (const { id, state, told } of truth.ask<{ id: number; state: string; told: string }>(contradictedSql)) {
    findings.push(found('wrong numbers', `file ${id} is ${state}, and its history ends with ${told}`));
  }
  return findings;
}

/** True of files that the owner's rules want, by what the owner would say. */
export function isWanted({ path }: Pick<FileOnDisk, 'path'>, { wishes, sourceOf }: World): boolean {
  const name = path.toString('latin1').toLowerCase();
  const isSkipped = (wishes.skipsGif && name.endsWith('.gif')) || (wishes.skipsWebp && name.endsWith('.webp'));
  const below = path.subarray(rootOf[sourceOf(path)].length + 1);
  return /\.(jpg|png|heic|mp4|webp|mov|cr2|gif)$/.test(name) && !isSkipped && !isIgnoredPath(below);
}

/** When nothing was wrong for hours, every file that lay still meanwhile is known as it is, and has come to rest. */
function findUnnoticed(world: World): readonly Finding[] {
  const { clock, truth, records } = world;
  if (!world.isCalm || clock.elapsed() - world.troubledAtMs < calmForMs) return [];
  const isPaused = truth.ask("SELECT 1 FROM fact WHERE name = 'paused'").length > 0;
  const present = new Set(truth.ask<{ name: string }>("SELECT name FROM source WHERE state = 'present'").map(({ name }) => name));
  if (isPaused) return [];
  return world.files.flatMap((file) => {
    const isOld = clock.elapsed() - records.stirredAtMs(file.path) >= calmForMs;
    const source = world.sourceOf(file.path);
    const isDue = isOld && present.has(source) && !isWaitingForHome(world, source, calmForMs);
    return isDue && !isFiledAnew(file, world) ? findUnnoticedOf(file, world) : [];
  });
}

// Its album is made, and hundreds of others may join it as well.
const filedWithinMs = 60_000;

/** A calendar's entry was just found to name an album for it: it goes through the last step once more. */
function isFiledAnew({ path }: FileOnDisk, { truth, clock }: World): boolean {
  const row = truth.rowAt(path.toString('latin1'));
  const sql = "SELECT 1 FROM history WHERE file_id = ? AND reason LIKE 'taken during %' AND abs(? - at) < ?";
  return row !== undefined && truth.ask(sql, row.id, Math.trunc(clock.now()), filedWithinMs).length > 0;
}

export function findUnnoticedOf(file: FileOnDisk, world: World): readonly Finding[] {
  if (!isWanted(file, world) || file.bytes.length === 0) return [];
  const row = world.truth.rowAt(file.path.toString('latin1'));
  const where = show(file.path);
  if (!row) return [found('not noticed', `${where} is on disk, and Homeroll does not know it`)];
  const why = `${row.state}: ${row.reason ?? ''}`;
  if (row.state === 'gone') return [found('called gone', `${where} is on disk, and called gone`)];
  if (row.state === 'unwanted') return [found('lost', `${where} is wanted, and called ${why}`)];
  if (!isAtRest(row.state)) return [found('stuck', `${where} has not come to rest (${why})`)];
  if (row.sha1 !== sha1Of(file.bytes)) return [found('not noticed', `${where} is known with other bytes than it has (${why})`)];
  return [];
}

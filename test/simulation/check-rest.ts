/** Faults end, the owner answers, time passes: nothing may be left open, and nobody asked any more. */

import { findUnnoticedOf, isDoneRow, isWanted, named } from './check-files.ts';
import { findMissingFromEntries, findStaleNames } from './check-home.ts';
import { findHiddenStrangers, findHiddenVideos, findMissingFromAlbums, findPartedLivePhotos } from './check-organised.ts';
import { type Finding, found } from './finding.ts';
import { findLies } from './invariants.ts';
import { type LeftUnsafe, sha1Of } from './records.ts';
import { show } from './show.ts';
import type { JournalRow } from './truth.ts';
import type { World } from './world.ts';

const hourMs = 3_600_000;
// Two rounds of the longest wait (an hour), a sweep, and the longest silence about a batch.
const patienceMs = 5 * hourMs;
const silenceMs = 3 * hourMs;

export async function findUnrest(world: World): Promise<readonly Finding[]> {
  world.calmDown();
  await world.pass(patienceMs);
  const findings = [...findLies(world), ...findLosses(world)];
  if (findings.length > 0) return findings;
  const { asked } = world.server;
  await world.pass(silenceMs);
  const more = world.server.asked - asked;
  if (more > 0) return [found('restless', `nothing happens any more, and Immich is asked ${more} times`)];
  return findLies(world);
}

/** What is true of every file when nothing is left to do. */
export function findLosses(world: World): readonly Finding[] {
  return [
    ...world.files.flatMap((file) => findUnnoticedOf(file, world)),
    ...world.files.flatMap((file) => {
      const row = world.truth.rowAt(file.path.toString('latin1'));
      return row && isWanted(file, world) && row.sha1 === sha1Of(file.bytes) ? findLossOf(row, world) : [];
    }),
    ...findMissingFromAlbums(world),
    ...findMissingFromEntries(world),
    ...findStaleNames(world),
    ...findPartedLivePhotos(world),
    ...findHiddenVideos(world, false),
    ...findHiddenStrangers(world),
    ...findUntold(world),
    ...findUntoldLosses(world),
  ];
}

/** A wanted file on disk is in Immich, or waits for its owner with a good reason, or was let go by its owner. */
function findLossOf(row: JournalRow, { truth, records, server, userOf }: World): readonly Finding[] {
  const userId = userOf(row.source);
  const content = `${userId} ${row.sha1}`;
  const asset = row.sha1 === null ? undefined : truth.assetOf(userId, row.sha1);
  const isThere = asset !== undefined && !asset.isTrashed;
  if (isDoneRow(row) && !isThere && !records.undone.has(content) && !records.unclear.has(content) && !records.lostInImmich.has(content)) {
    return [found('lost', `${named(row)} is called ${row.state}, and Immich does not have it`)];
  }
  if (row.state === 'letGo' && records.kept.get(content) === row.path && !records.unclear.has(content)) {
    return [found('kept in vain', `the owner said to keep ${named(row)}, and it is let go`)];
  }
  const isUndone = records.everUndone.has(content) || records.everLost.has(content);
  if (row.state === 'letGo' && !isUndone) {
    return [found('lost', `${named(row)} is let go, and nobody removed it in Immich: ${row.reason}`)];
  }
  if (row.state !== 'blocked') return [];
  const reason = row.reason ?? '';
  // There and whole when it was let go, it may be called safe when it comes by again; then a damage is news, and so is its loss.
  const isDamageNews = reason.includes('other bytes') && !records.letGoOfDamage.has(content);
  const isNews = isDamageNews || reason.includes('many others') || wasStoredSinceLetGo(row, truth);
  if (records.toldToLetGo.has(content) && !isNews) {
    return [found('asked again', `the owner let go of ${named(row)}, and is asked again: ${row.reason}`)];
  }
  const isExplained =
    (reason.includes('other bytes') && (reason.startsWith('its motion half') || server.store.spoiled.has(row.assetId ?? ''))) ||
    (reason.includes('trash') && (reason.startsWith('its motion half') || asset?.isTrashed === true)) ||
    (reason.includes('has it no longer') && (reason.startsWith('its motion half') || isUndone));
  return isExplained ? [] : [found('stuck', `${named(row)} needs a person, and nobody knows why: ${reason}`)];
}

/** Under whatever name: on a share a file that moved is another one. */
function wasStoredSinceLetGo({ sha1 }: JournalRow, truth: World['truth']): boolean {
  const ofBytes = 'FROM history JOIN file ON file.id = file_id WHERE lower(hex(sha1)) = ?';
  const sql = `SELECT 1 ${ofBytes} AND to_state IN ('kept', 'safe') AND history.id > (SELECT max(history.id) ${ofBytes} AND to_state = 'letGo')`;
  return sha1 !== null && truth.ask(sql, sha1, sha1).length > 0;
}

function findUntold({ truth, receiver }: World): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { id } of truth.ask<{ id: number }>('SELECT id FROM batch WHERE told_at IS NULL'))
    findings.push(found('not told', `batch ${id} is not told`));
  for (const { kind } of truth.ask<{ kind: string }>('SELECT kind FROM mention')) {
    findings.push(found('not told', `something was not told: ${kind}`));
  }
  const heard = new Set(receiver.heard.map(({ id }) => id));
  for (const { by } of truth.ask<{ by: string }>('SELECT replaced_by AS by FROM earlier WHERE replaced_by IS NOT NULL')) {
    findings.push(found('not told', `something was not told: replaced by ${by}`));
  }
  for (const { id, text } of truth.ask<{ id: string; text: string }>("SELECT id, text FROM outbox WHERE teller <> 'log'")) {
    if (!heard.has(id)) findings.push(found('not told', `"${text}" never arrived`));
  }
  return findings;
}

/** What left the disk by hand before it was safe, or lost its name there, and is nowhere any more. */
function findUntoldLosses(world: World): readonly Finding[] {
  const { truth, records, sources, lostTold, replacedTold, userOf } = world;
  const onDisk = world.files;
  const contents = new Set(onDisk.map(({ bytes }) => sha1Of(bytes)));
  return sources.flatMap((source) => {
    const isNowhere = (one: LeftUnsafe): boolean => {
      const content = `${userOf(source)} ${one.sha1}`;
      // On its way when it left, and lost in Immich long after, or found to be lost there before: that is told by another word.
      const isToldOtherwise = !one.wasLostInImmich || records.letGoToldAtMs.has(content);
      const arrived = records.everLost.has(content) && isToldOtherwise;
      const isInImmich = arrived || truth.assetOf(userOf(source), one.sha1) !== undefined || records.everUndone.has(content);
      // Never read, and something of that size and time was there: taken for the same, moved. Clocks may have changed since.
      const isThen = (mtimeMs: number): boolean => [0, hourMs].some((shiftMs) => Math.abs(mtimeMs - shiftMs - one.mtimeMs) < 2_000);
      const hasTwin = onDisk.some(({ bytes, mtimeMs }) => bytes.length === one.sizeBytes && isThen(mtimeMs));
      return one.source === source && !isInImmich && !contents.has(one.sha1) && !hasTwin;
    };
    const lost = records.leftUnsafe.filter((one) => isNowhere(one) && truth.rowAt(one.path)?.state === 'gone').map(({ path }) => path);
    const replaced = records.replacedUnsafe.filter(isNowhere).map(({ path, sha1 }) => `${path} (${sha1})`);
    const [paths, told] = [[...new Set([...lost, ...replaced])], (lostTold.get(source) ?? 0) + (replacedTold.get(source) ?? 0)];
    const all = paths.map((path) => show(Buffer.from(path, 'latin1'))).join(', ');
    const sentence = `${all} left ${source} before ${paths.length === 1 ? 'it was' : 'they were'} safe; told of: ${told}`;
    return paths.length > told ? [found('not told', sentence)] : [];
  });
}

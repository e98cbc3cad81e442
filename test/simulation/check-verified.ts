/** Nights pass in which nothing happens but looking again: all is proven anew, what is damaged or gone is no longer called safe, and told. */
import { isProofAsked, type Sha1 } from '../../src/domain/index.ts';
import { isDoneRow, isWanted, named } from './check-files.ts';
import { findHiddenVideos } from './check-organised.ts';
import { findLosses } from './check-rest.ts';
import { dayMs, proofOf } from './config.ts';
import { type Finding, found } from './finding.ts';
import { findLies } from './invariants.ts';
import type { JournalRow } from './truth.ts';
import type { World } from './world.ts';

export async function findUnverified(world: World): Promise<readonly Finding[]> {
  const { verify, clock, server } = world;
  if (!verify) return [];
  const [sinceMs, beganMs] = [clock.now(), clock.elapsed()];
  const calls: Call[] = [];
  const hidden = new Set(world.truth.ask<{ id: string }>("SELECT asset_id AS id FROM content WHERE shown_by = ''").map(({ id }) => id));
  server.onHeard = ({ method, path }) => calls.push({ what: `${method} ${path.replace(/\?.*/, '')}`, atMs: clock.elapsed() - beganMs });
  // From an afternoon to another: each slice has its night.
  await world.pass(Math.max(dayMs, verify.everyMs));
  server.onHeard = () => undefined;
  const findings = [...findLies(world), ...findRestless(calls, world, { sinceMs, hidden }), ...findLosses(world)];
  if (findings.length > 0) return findings;
  return [...findUnseen(world), ...findHiddenVideos(world, true), ...findOldProofs(world, sinceMs), ...findUntoldQuestions(world)];
}

interface Night {
  readonly sinceMs: number;
  /** Videos whose stills never came, and whose files left: they are shown. */
  readonly hidden: ReadonlySet<string>;
}

interface Call {
  readonly what: string;
  readonly atMs: number;
}

const isRead = (what: string): boolean => /^GET \/api\/assets\/[0-9a-f-]+\/original$/.test(what);
const isLook = (what: string): boolean => what === 'POST /api/assets/bulk-upload-check';

/** Each original once a night, twice where it is damaged; and nothing is ever sent or erased by looking. */
function findRestless(calls: readonly Call[], { truth, server }: World, { sinceMs, hidden }: Night): readonly Finding[] {
  const isOfHidden = (what: string): boolean => hidden.has(/^(?:GET|PUT) \/api\/assets\/([0-9a-f-]+)$/.exec(what)?.[1] ?? '');
  const findings: Finding[] = [];
  const reads = new Map<string, number>();
  for (const { what, atMs } of calls.filter((call) => isRead(call.what))) {
    const id = what.split('/')[3] ?? '';
    const key = `${id} in night ${Math.floor(atMs / dayMs)}`;
    reads.set(key, (reads.get(key) ?? 0) + 1);
    const asset = truth.asset(id);
    const isDamaged = asset && server.store.sha1Of({ ownerId: asset.ownerId, assetId: id }) !== asset.sha1;
    const most = isDamaged ? 2 : 1;
    if (reads.get(key) === most + 1) findings.push(found('read twice', `nothing is wrong, and the original ${key} is read again`));
  }
  const others = calls.filter(({ what }) => !isRead(what) && !isOfHidden(what));
  const sent = others.find(({ what }) => what === 'POST /api/assets' || what.startsWith('DELETE'));
  if (sent) findings.push(found('restless', `nothing happens but looking again, and there is: ${sent.what}`));
  // What was found gone, back, or stored anew goes on from there.
  const isStirred = truth.ask('SELECT 1 FROM history WHERE at >= ?', sinceMs).length > 0;
  const strange = others.find(({ what }) => !isLook(what));
  if (strange && !isStirred) findings.push(found('restless', `nothing is to be done but looking again, and there is: ${strange.what}`));
  return findings;
}

/** What is called done is there, and whole where its source asks for that; what is not was told. */
function findUnseen(world: World): readonly Finding[] {
  const { truth, server, records, wishes, userOf } = world;
  return world.files.flatMap((file): readonly Finding[] => {
    const row = truth.rowAt(file.path.toString('latin1'));
    if (!row || row.sha1 === null || row.role === 'sidecar' || !isWanted(file, world)) return [];
    const content = `${userOf(row.source)} ${row.sha1}`;
    const asset = truth.assetOf(userOf(row.source), row.sha1);
    const isThere = asset !== undefined && !asset.isTrashed;
    if (isDoneRow(row) && !isThere) return [found('called done', `${named(row)} is called ${row.state}, and Immich has it no longer`)];
    if (isUntoldUndo(row, world)) return [found('not told', `${named(row)} was removed in Immich, and nobody was told`)];
    const isAsked = isProofAsked(proofOf(row.source, wishes), row.sha1 as Sha1);
    const isDamaged = isThere && server.store.sha1Of({ ownerId: asset.ownerId, assetId: asset.id }) !== asset.sha1;
    if (!isDamaged || !isAsked || row.state === 'letGo') return [];
    if (isDoneRow(row)) return [found('damage not seen', `${named(row)} is damaged in Immich, and called ${row.state}`)];
    return records.damageTold.has(content) ? [] : [found('not told', `${named(row)} is damaged in Immich, and nobody was told`)];
  });
}

function isUntoldUndo({ state, reason, source, sha1 }: JournalRow, { records, userOf }: World): boolean {
  const isByHand = /^it was (removed from Immich after|put into Immich's trash)/.test(reason ?? '');
  const content = `${userOf(source)} ${sha1}`;
  return state === 'letGo' && isByHand && !records.letGoToldAtMs.has(content) && !records.everToldToLetGo.has(content);
}

const believedSql = `SELECT lower(hex(sha1)) AS sha1, source.name AS source, proven_at AS provenAtMs FROM content
  JOIN source ON source.id = content.source_id
  WHERE asset_id <> '' AND let_go_at IS NULL AND missing_at IS NULL AND broken_at IS NULL AND keep_asked = 0`;

/** Also of what has left the disk. */
function findOldProofs({ truth, wishes, sources, userOf }: World, sinceMs: number): readonly Finding[] {
  const believed = truth.ask<{ sha1: Sha1; source: JournalRow['source']; provenAtMs: number | null }>(believedSql);
  return believed.flatMap(({ sha1, source, provenAtMs }) => {
    const isAsked = sources.includes(source) && isProofAsked(proofOf(source, wishes), sha1);
    if (!isAsked || (provenAtMs ?? 0) >= sinceMs) return [];
    // Removed before it was ever proven: its owner is asked what to do, and there is nothing to read.
    if (provenAtMs === null && truth.assetOf(userOf(source), sha1) === undefined) return [];
    return [
      found('not proven anew', `${sha1} of ${source} had its night, and was proven ${provenAtMs === null ? 'never' : 'before that'}`),
    ];
  });
}

/** Who is to answer was asked, and nobody else. */
function findUntoldQuestions({ truth, receiver, records, sources }: World): readonly Finding[] {
  return sources.flatMap((source): readonly Finding[] => {
    const isAsked = truth.rows().some((row) => row.state === 'blocked' && row.reason?.includes(`many others of ${source} `));
    const isTold = receiver.heard.some(({ kind, facts }) => kind === 'many removed' && facts.source === source);
    if (isAsked && !isTold && records.everLost.size > 0)
      return [found('not told', `many of ${source} are in question, and nobody was asked`)];
    return isTold && records.everLost.size === 0 ? [found('told wrongly', `many of ${source} are said to be gone`)] : [];
  });
}

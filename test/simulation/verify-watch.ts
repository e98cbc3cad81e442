/** Reads over Homeroll's shoulder while it looks again at what it stored: was it read, is it read once, and is nothing assumed? */
import type { VerifyConfig } from '../../src/config/index.ts';
import { type FileRecord, nightAt } from '../../src/domain/index.ts';
import { timeZone } from './config.ts';
import { type Finding, found } from './finding.ts';
import type { SimulatedServer } from './immich.ts';
import type { Records } from './records.ts';
import type { Truth } from './truth.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface Looked {
  readonly clock: VirtualClock;
  readonly truth: Truth;
  readonly server: SimulatedServer;
  readonly records: Records;
  readonly verify: VerifyConfig | undefined;
  readonly findings: Finding[];
  readonly wasClockSet: boolean;
}

/** A read-back is written down at once; but one of several may keep the others of its step waiting. */
export const writtenWithinMs = 3_600_000;
// What was begun at the end of a night may be asked for once more.
const overtimeMs = 600_000;
// What gives nothing is waited for, and asked for twice.
const witnessedWithinMs = 600_000;
// Copies that are judged together are told together.
const toldTogetherMs = 60_000;
const fewestToAskAbout = 20;

export class VerifyWatch {
  readonly #world: Looked;
  #keptReadAtMs = Number.NEGATIVE_INFINITY;
  #missingLetGo = { atMs: -1, counts: new Map<number, number>() };

  constructor(world: Looked) {
    this.#world = world;
    const ofReads =
      (hear: (assetId: string) => void) =>
      ({ method, path }: { readonly method: string; readonly path: string }): void => {
        const asset = /^\/api\/assets\/([0-9a-f-]+)\/original/.exec(path)?.[1];
        if (asset && method === 'GET') hear(asset);
      };
    world.server.onSent = ofReads((assetId) => this.#hearKept(assetId));
    world.server.onAsked = ofReads((assetId) => this.#hearRead(assetId));
    world.server.onErase = (assetId) => this.#hearErased(assetId);
  }

  hear(call: string, args: readonly unknown[]): void {
    if (call === 'contents.markProven') this.#hearProven(Number(args[0]), String(args[1]));
    if (call === 'contents.markLetGo') this.#hearLetGo(Number(args[0]), String(args[1]));
    if (call === 'mentions.add') this.#hearMention(args[0] as FileRecord, String(args[1]));
  }

  /** Whatever was proven before: each proof is one of bytes that came whole just now. */
  #hearProven(accountId: number, sha1: string): void {
    const { server, clock, findings } = this.#world;
    const servedAtMs = server.servedAtMs.get(`${this.#userOf(accountId)} ${sha1}`) ?? Number.NEGATIVE_INFINITY;
    if (clock.elapsed() - servedAtMs <= writtenWithinMs) return;
    findings.push(found('false proof', `${sha1} is written down as proven now, and Immich did not give it back`));
  }

  /** What went missing with many others is a question: who lets go of them all at once did not ask. */
  #hearLetGo(accountId: number, sha1: string): void {
    const { truth, clock, findings } = this.#world;
    const [content] = truth.ask<{ source: number }>(
      `SELECT source_id AS source FROM content WHERE account_id = ? AND lower(hex(sha1)) = ? AND missing_at IS NOT NULL AND asked_at IS NULL`,
      accountId,
      sha1,
    );
    if (!content || truth.ask("SELECT 1 FROM orders WHERE kind = 'let go' AND taken_at IS NULL").length > 0) return;
    if (this.#missingLetGo.atMs !== clock.elapsed()) this.#missingLetGo = { atMs: clock.elapsed(), counts: new Map() };
    const count = (this.#missingLetGo.counts.get(content.source) ?? 0) + 1;
    this.#missingLetGo.counts.set(content.source, count);
    if (count === fewestToAskAbout + 1)
      findings.push(found('assumed', `more than ${fewestToAskAbout} are let go at once, and nobody was asked`));
  }

  #hearMention({ sha1, sourceId }: FileRecord, kind: string): void {
    const { truth, records, clock, findings } = this.#world;
    const [source] = truth.ask<{ account: number }>('SELECT account_id AS account FROM source WHERE id = ?', sourceId);
    if (!sha1 || !source) return;
    const content = `${this.#userOf(source.account)} ${sha1}`;
    if (kind === 'proof failed') records.damageTold.add(content);
    if (kind !== 'let go') return;
    const toldAtMs = records.everToldToLetGo.has(content) ? Number.NEGATIVE_INFINITY : records.letGoToldAtMs.get(content);
    if (truth.isLetGo(this.#userOf(source.account), sha1) && toldAtMs !== undefined && clock.elapsed() - toldAtMs > toldTogetherMs) {
      findings.push(found('told twice', `that ${sha1} was let go is told again`));
    }
    records.letGoToldAtMs.set(content, clock.elapsed());
  }

  /** Also where Immich gives nothing: then another original bears witness. */
  #hearKept(assetId: string): void {
    const { truth, clock } = this.#world;
    const kept = truth.ask('SELECT 1 FROM content WHERE asset_id = ? AND broken_at IS NOT NULL AND keep_asked = 1', assetId);
    if (kept.length > 0) this.#keptReadAtMs = clock.elapsed();
  }

  /** What is proven is read by those only who look again: in their hours, and once in a round. */
  #hearRead(assetId: string): void {
    const { truth, verify, clock, findings, wasClockSet } = this.#world;
    const [content] = truth.ask<{ provenAtMs: number }>(
      'SELECT proven_at AS provenAtMs FROM content WHERE asset_id = ? AND proven_at IS NOT NULL AND let_go_at IS NULL',
      assetId,
    );
    if (!content) return;
    // Before one that gives nothing is erased, another one bears witness that Immich can read at all.
    if (clock.elapsed() - this.#keptReadAtMs < witnessedWithinMs) return;
    const nowMs = clock.now();
    const [ordered] = truth.ask<{ wish: string }>("SELECT value AS wish FROM fact WHERE name = 'verify ordered'");
    const night = verify && nightAt(nowMs - overtimeMs, verify.quietHours, timeZone);
    if (!ordered && !wasClockSet && (!night || nowMs < night.startMs)) {
      findings.push(found('restless', `the original ${assetId} is proven, and read again at an hour that is not quiet`));
    }
    const sinceMs = ordered ? (JSON.parse(ordered.wish) as { sinceMs: number }).sinceMs : night?.startMs;
    if (sinceMs !== undefined && content.provenAtMs >= sinceMs && content.provenAtMs <= nowMs) {
      findings.push(found('read twice', `the original ${assetId} was read in this round, and is read again`));
    }
  }

  /** Only what is damaged, and only on its owner's word. */
  #hearErased(assetId: string): void {
    const { truth, records, server, findings } = this.#world;
    const asset = truth.asset(assetId);
    if (!asset) return;
    if (server.store.sha1Of({ ownerId: asset.ownerId, assetId }) === asset.sha1) {
      findings.push(found('erased', `an original that is whole is erased: ${asset.sha1}`));
    }
    const isSaid = truth.rows().some(({ sha1, stem }) => sha1 === asset.sha1 && records.keepSaid.has(stem));
    if (!isSaid && !records.keepSaid.has(`${asset.ownerId} ${asset.sha1}`)) {
      findings.push(found('erased', `an original is erased, and its owner never said so: ${asset.sha1}`));
    }
  }

  #userOf(accountId: number): string {
    return this.#world.truth.ask<{ id: string }>('SELECT user_id AS id FROM account WHERE id = ?', accountId)[0]?.id ?? '';
  }
}

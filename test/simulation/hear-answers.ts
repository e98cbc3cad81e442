/** Hears what Homeroll answered to the owner's orders: from then on they must be respected. */
import { isDoneRow } from './check-files.ts';
import type { World } from './world.ts';

// An upload that was under way when something was let go may still arrive.
const patienceMs = 600_000;

interface Answered {
  readonly id: number;
  readonly answer: string;
}

export function hearAnswers(world: World): void {
  const { records, truth, clock } = world;
  const answered = truth.ask<Answered>('SELECT id, answer FROM orders WHERE answer IS NOT NULL');
  for (const { id, answer } of answered) {
    hearAboutMany(world, id, answer);
    const order = records.orders.get(id);
    if (!order) continue;
    records.orders.delete(id);
    const { kind, userId, sha1, path } = order;
    // Damage that is told of between the order and this hearing is news.
    const knownDamage = new Set([...records.damageTold].slice(0, order.damagesTold));
    const contents = new Set([sha1, ...halvesAt(path, world)]);
    // Kept in time, the other half may be done by now.
    if (kind === 'keep') for (const half of order.halves) contents.add(half);
    if (kind === 'keep' && answer.startsWith('It is kept')) {
      // A half that an order before this one let go is kept by its own name only.
      const isMeant = (one: string): boolean => one === sha1 || !records.toldToLetGo.has(`${userId} ${one}`);
      for (const one of contents) if (one && isMeant(one)) records.keep(`${userId} ${one}`, path);
    }
    if (kind === 'let go' && answer.startsWith('It is let go')) {
      // What was written there since the order was carried out is another matter.
      const isMeant = (one: string | null): boolean => one === sha1 || order.halves.includes(one) || isLetGo(userId, one, truth);
      for (const one of [...contents].filter(isMeant)) {
        if (one) records.letGo.set(`${userId} ${one}`, clock.elapsed());
        // The last word counts.
        if (one) records.kept.delete(`${userId} ${one}`);
        if (one) records.toldToLetGo.add(`${userId} ${one}`);
        if (one) records.everToldToLetGo.add(`${userId} ${one}`);
        if (knownDamage.has(`${userId} ${one}`)) records.letGoOfDamage.add(`${userId} ${one}`);
      }
    }
  }
  for (const [content, atMs] of records.letGo) {
    records.everUndone.add(content);
    if (clock.elapsed() - atMs < patienceMs) continue;
    records.letGo.delete(content);
    const [userId = '', sha1 = ''] = content.split(' ');
    // What lies in Immich stays there; what does not must not be sent any more.
    const asset = truth.assetOf(userId, sha1);
    if (!asset || asset.isTrashed) records.undo(content);
  }
}

function isLetGo(userId: string, sha1: string | null, truth: World['truth']): boolean {
  const sql = `SELECT 1 FROM content JOIN account ON account.id = account_id
    WHERE user_id = ? AND lower(hex(sha1)) = ? AND let_go_at IS NOT NULL`;
  return sha1 !== null && truth.ask(sql, userId, sha1).length > 0;
}

/** Of those that were in question when it was ordered: the order is about no fewer. */
function hearAboutMany({ records, clock, truth }: World, id: number, answer: string): void {
  const order = records.ordersAboutMany.get(id);
  if (!order) return;
  records.ordersAboutMany.delete(id);
  if (!/ kept| let go/.test(answer)) return;
  for (const { userId, sha1, path } of order.files) {
    const content = `${userId} ${sha1}`;
    // Somebody may have decided about it by itself meanwhile.
    if (sha1 === null || truth.rowAt(path)?.sha1 !== sha1) continue;
    if (order.kind === 'keep') records.keep(content, path);
    else {
      records.letGo.set(content, clock.elapsed());
      records.kept.delete(content);
      records.everToldToLetGo.add(content);
    }
  }
}

/** What lies at `path`; of a live photo that waits for its owner both halves, since an order means both. */
export function halvesAt(path: string, { truth }: World): readonly (string | null)[] {
  const row = truth.rowAt(path);
  if (!row) return [];
  const halves = truth.rows().filter((mate) => {
    const isOfIt = mate.stem === row.stem && (mate.role === 'motion' || row.role === 'motion') && mate.role !== 'sidecar';
    return mate.id === row.id || (isOfIt && mate.state !== 'gone' && !isDoneRow(mate));
  });
  return halves.map((half) => half.sha1);
}

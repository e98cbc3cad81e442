/** Whether the household is told well: each batch once, each message by one id with one text. */
import { type Finding, found } from './finding.ts';
import type { World } from './world.ts';

const toldSql = `SELECT teller, json_extract(facts, '$.batch') AS batch, count(*) AS times FROM outbox WHERE kind = 'batch safe'
  GROUP BY teller, batch HAVING times > 1`;

export function findNewsLies({ truth, receiver }: World): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { batch } of truth.ask<{ batch: number }>(toldSql)) findings.push(found('told twice', `batch ${batch} is told twice`));
  const texts = new Map<string, string>();
  const ids = new Map<string, string>();
  for (const { id, kind, text, facts } of receiver.heard) {
    if ((texts.get(id) ?? text) !== text) findings.push(found('told twice', `message ${id} came with two texts: "${text}"`));
    texts.set(id, text);
    if (kind !== 'batch safe') continue;
    const batch = String(facts.batch);
    if ((ids.get(batch) ?? id) !== id) findings.push(found('told twice', `"${text}" came under two ids`));
    ids.set(batch, id);
  }
  return findings;
}

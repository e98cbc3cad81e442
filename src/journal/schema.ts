/** The journal's schema: which version a database is on, and how it comes to be on the newest. */
import { readdirSync, readFileSync } from 'node:fs';
import { inOneSpelling } from '../domain/index.ts';
import type { Sqlite } from './sqlite.ts';

const schemaFolder = new URL('./sql/schema/', import.meta.url);

export const newestVersion = (): number => schemaSteps().length;

export const versionOf = (database: Sqlite): number => Number(database.get('PRAGMA user_version')?.user_version ?? 0);

/** Brings the schema up to date, one numbered file after the other, each in a transaction of its own. */
export function migrate(database: Sqlite): void {
  const [steps, version] = [schemaSteps(), versionOf(database)];
  if (version < steps.length) database.define('in_one_spelling', inOneSpelling);
  for (const [index, name] of steps.entries()) {
    if (index < version) continue;
    database.transaction(() => {
      database.execute(readFileSync(new URL(name, schemaFolder), 'utf8'));
      database.execute(`PRAGMA user_version = ${index + 1}`);
    });
  }
}

function schemaSteps(): readonly string[] {
  return readdirSync(schemaFolder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
}

/** Holds a real server to the contract: `npm run contract -- --url U --key K --second-key K2`. */
import { parseArgs } from 'node:util';
import { CannotRun, runContract, type Verdict } from './suite/run-contract.ts';

const usage = `Usage: npm run contract -- --url URL --key KEY --second-key KEY [--only TEXT]

Asks an Immich server everything that Homeroll relies on, and says where it
differs.

  --url URL         the server, such as http://immich.local:2283
  --key KEY         a user's API key with all permissions
  --second-key KEY  another user's
  --only TEXT       only cases whose line holds this text

Everything made on the server is named hr-contract-… and deleted by force at
the end, also what an interrupted run left. Of uploads that it refuses Immich
itself keeps the received bytes in its upload folder: some kilobytes without
an asset. With its trash off, cases that need one are skipped.
Exit: 0 all passed, 1 something failed, 2 it could not be run, 130 interrupted.`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const given = read(args);
  if (typeof given === 'string') {
    console.error(given);
    return 2;
  }
  const interruption = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interruption.abort());
  try {
    const { version, passed, skipped, failed } = await runContract({ ...given, report: print, signal: interruption.signal });
    console.log(`Immich ${version}: ${passed} passed, ${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
    return failed.length === 0 ? 0 : 1;
  } catch (error) {
    const isInterrupted = interruption.signal.aborted;
    console.error(isInterrupted ? 'Interrupted.' : error instanceof Error ? error.message : error);
    return isInterrupted ? 130 : error instanceof CannotRun ? 2 : 1;
  }
}

interface Given {
  readonly url: string;
  readonly key: string;
  readonly secondKey: string;
  readonly only?: string;
}

/** @returns what is wrong, as text, when something is */
function read(args: readonly string[]): Given | string {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args: [...args], options: { url: text, key: text, 'second-key': text, only: text } });
    const { url, key, 'second-key': secondKey, only } = values;
    if (!url || !key || !secondKey) return usage;
    if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return `--url must be like http://immich.local:2283, not "${url}".`;
    return { url, key, secondKey, ...(only ? { only } : {}) };
  } catch {
    return usage;
  }
}

function print({ group, name, source, complaint, skipped }: Verdict): void {
  const line = `${group}: ${name}`;
  if (skipped !== undefined) say('skip', `${line} (${skipped})`);
  if (complaint === undefined) {
    if (skipped === undefined) say('ok', line);
    return;
  }
  say('FAIL', line);
  for (const part of complaint.split('\n')) say('', part);
  say('', `(${source})`);
}

/** In lines of at most 80 columns, where words allow. */
function say(verdict: string, text: string): void {
  let line = verdict.padEnd(6);
  for (const word of text.split(' ')) {
    if (line.length > 6 && line.length + word.length > 80) {
      console.log(line.trimEnd());
      line = ' '.repeat(6);
    }
    line += `${word} `;
  }
  console.log(line.trimEnd());
}

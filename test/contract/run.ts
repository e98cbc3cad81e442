/** Holds a real server to the contract: `npm run contract -- --url U --key K --second-key K2`. */
import { parseArgs } from 'node:util';
import { runContract, type Verdict } from './suite/run-contract.ts';

const usage = `Usage: npm run contract -- --url URL --key KEY --second-key KEY [--only TEXT]

Asks an Immich server everything that Homeroll relies on, and says where it differs.

  --url URL         the server, such as http://immich.local:2283
  --key KEY         a user's API key with all permissions
  --second-key KEY  another user's
  --only TEXT       only cases whose line holds this text

Everything made on the server is named hr-contract-… and deleted by force at the end, also what an interrupted run left.
Of uploads that it refuses Immich itself keeps the received bytes in its upload folder: some kilobytes without an asset.
Exit: 0 all passed, 1 something failed, 2 wrong usage, 130 interrupted.`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const given = read(args);
  if (!given) {
    console.error(usage);
    return 2;
  }
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  try {
    const { version, passed, failed } = await runContract({ ...given, report: print, signal: interruption.signal });
    console.log(`Immich ${version}: ${passed} passed, ${failed.length} failed`);
    return failed.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return interruption.signal.aborted ? 130 : 1;
  }
}

function read(args: readonly string[]): { url: string; key: string; secondKey: string; only?: string } | undefined {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args: [...args], options: { url: text, key: text, 'second-key': text, only: text } });
    const { url, key, 'second-key': secondKey, only } = values;
    if (!url || !key || !secondKey || !URL.canParse(url)) return undefined;
    return { url, key, secondKey, ...(only ? { only } : {}) };
  } catch {
    return undefined;
  }
}

function print({ group, name, source, complaint }: Verdict): void {
  if (complaint === undefined) console.log(`ok    ${group}: ${name}`);
  else console.log(`FAIL  ${group}: ${name}\n      ${complaint.replaceAll('\n', '\n      ')}\n      (${source})`);
}

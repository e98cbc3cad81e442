/** `practice-immich`: the stand-in server alone, for those who try or test things. */
import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import type { ExitCode } from '../../desk/index.ts';
import { OwnerError, sentenceOf, systemCodeOf } from '../../kernel/index.ts';
import { type Door, does, examples } from '../door.ts';

interface ServeOptions {
  readonly port: number;
  readonly data: string;
  readonly version: string;
  readonly faults?: string;
  readonly untilStdinEnds?: boolean;
}

const newest = '3.1.0';

export function practiceImmichCommand(door: Door): Command {
  return new Command('practice-immich')
    .description('only the stand-in Immich; prints one line of JSON when it is ready')
    .option('--port <port>', 'where to listen on this machine; 0: any free port', portOf, 0)
    .option('--data <folder>', 'where it keeps what it is sent', '.practice/immich')
    .option('--version <version>', 'which Immich to behave as: 2.7.5 or 3.1.0', newest)
    .option('--faults <file>', 'a plan of what goes wrong, in JSON')
    .option('--until-stdin-ends', 'end when standard input does')
    .addHelpText(
      'after',
      examples('homeroll practice-immich --port 2283 --data /tmp/immich', 'homeroll practice-immich --version 2.7.5 --faults faults.json'),
    )
    .action(does<ServeOptions>(door, (options) => serve(door, options)));
}

async function serve({ app, screen, stop }: Door, { port, data, version, faults: file, untilStdinEnds }: ServeOptions): Promise<ExitCode> {
  const faults = file === undefined ? {} : { faults: await readPlan(file) };
  await using served = await app.servePracticeImmich({ port, dataDir: data, version, ...faults });
  await screen.answer(JSON.stringify(served.ready));
  await new Promise<void>((resolve) => {
    stop.signal.addEventListener('abort', () => resolve(), { once: true });
    if (stop.signal.aborted) resolve();
    if (untilStdinEnds) process.stdin.once('end', resolve).once('error', resolve).resume();
  });
  return 0;
}

async function readPlan(file: string): Promise<string> {
  const refuse = (why: string, cause: unknown): never => {
    throw new OwnerError('no fault plan', `The fault plan ${file} ${why}. CONTRIBUTING.md shows one.`, { cause });
  };
  const text = await readFile(file, 'utf8').catch((cause: unknown) =>
    refuse(systemCodeOf(cause) === 'ENOENT' ? 'is not there: name a file' : `cannot be read (${systemCodeOf(cause)})`, cause),
  );
  let plan: unknown;
  try {
    plan = JSON.parse(text);
  } catch (cause) {
    // The error quotes the file, which may hold anything.
    return refuse(
      `is no JSON: ${sentenceOf(cause)
        .replaceAll(/[^ -~]/g, '\ufffd')
        .replace(/\.$/, '')}`,
      cause,
    );
  }
  if (typeof plan === 'object' && plan !== null && !Array.isArray(plan)) return text;
  return refuse('is no plan: it must be { "faults": [ … ] }', undefined);
}

function portOf(text: string): number {
  const port = Number(text);
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('Write a number from 0 to 65535.');
  return port;
}

/**
 * Checks what our client says, and what the practice Immich (or a real server) answers, against an official OpenAPI file:
 * `node test/contract/spec.ts FILE.json [--url U --key K]`. Exits 1 on a difference, 2 when
 * nothing could be judged.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { httpTransport, type ImmichTransport } from '../../src/immich/index.ts';
import { systemClock } from '../../src/kernel/index.ts';
import { startPracticeImmich, type Version, versions } from '../../src/practice/immich/index.ts';
import { check, isOpenApi, type OpenApi, type Verdict } from './spec-check.ts';
import { type Exchange, type Server, talk } from './spec-talk.ts';

export interface Row extends Verdict {
  readonly exchange: Exchange;
}

export interface Report {
  readonly specVersion: string;
  readonly serverVersion: string;
  /** True when the server is of another minor version than the file: its answers are then only told, not judged. */
  readonly isOtherVersion: boolean;
  readonly rows: readonly Row[];
  readonly differences: number;
}

/** Judges against `server`, or against a practice Immich started for it. */
export async function judge(file: string, server?: Server): Promise<Report> {
  const spec: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!isOpenApi(spec)) throw new Error(`${file} is no OpenAPI document.`);
  return server ? judgeServer(spec, server) : withPractice(spec, (practice) => judgeServer(spec, practice));
}

async function judgeServer(spec: OpenApi, server: Server): Promise<Report> {
  const transport = httpTransport({ url: server.url, clock: systemClock });
  const exchanges: Exchange[] = [];
  try {
    await talk(transport, server, exchanges);
  } finally {
    await erase(exchanges, transport, server.key);
    await transport.close();
  }
  const serverVersion = versionIn(exchanges);
  const isOtherVersion = minorOf(serverVersion) !== minorOf(spec.info.version);
  const rows = exchanges.map((exchange) => ({ exchange, ...check(spec, exchange) }));
  const differences = rows.reduce((sum, { sent, answered }) => sum + sent.length + (isOtherVersion ? 0 : answered.length), 0);
  return { specVersion: spec.info.version, serverVersion, isOtherVersion, rows, differences };
}

async function withPractice(spec: OpenApi, judgeIt: (server: Server) => Promise<Report>): Promise<Report> {
  const version: Version = versions.find((known) => known[0] === spec.info.version[0]) ?? '3.1.0';
  const dataDir = await mkdtemp(join(tmpdir(), 'homeroll-spec-'));
  try {
    await using practice = await startPracticeImmich({ port: 0, dataDir, version });
    return await judgeIt({ url: practice.url, key: practice.users[0]?.key ?? '' });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

function versionIn(exchanges: readonly Exchange[]): string {
  const said = exchanges.find(({ by }) => by === 'serverVersion')?.answer.toString() ?? '{}';
  const { major, minor, patch } = JSON.parse(said) as Readonly<Record<string, number>>;
  return `${major}.${minor}.${patch}`;
}

function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

/** This tool cleans up after itself. What is gone already is refused, and that is well. */
async function erase(exchanges: readonly Exchange[], transport: ImmichTransport, key: string): Promise<void> {
  const madeBy = (method: Exchange['by']): string[] => {
    const answers = exchanges
      .filter(({ by, status }) => by === method && status < 300)
      .flatMap(({ answer }) => JSON.parse(answer.toString()));
    return [...new Set(answers.map(({ id }: { readonly id: string }) => id))];
  };
  const remove = async (path: string, json: unknown): Promise<void> => {
    const bytes = Buffer.from(JSON.stringify(json));
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes;
    };
    const headers = { 'x-api-key': key, 'Content-Type': 'application/json' };
    const order = { method: 'DELETE', path, headers, body: { sizeBytes: bytes.length, chunks } };
    const { body } = await transport.send(order, AbortSignal.timeout(30_000));
    for await (const _chunk of body);
  };
  // One by one: an id that is gone refuses the whole call.
  for (const id of madeBy('upload')) await remove('/api/assets', { ids: [id], force: true });
  for (const id of madeBy('createAlbum')) await remove(`/api/albums/${id}`, {});
  for (const id of madeBy('upsertTags')) await remove(`/api/tags/${id}`, {});
}

export function tableOf({ specVersion, serverVersion, isOtherVersion, rows, differences }: Report): string {
  const lines = rows.flatMap(({ exchange, route, sent, answered }) => {
    const verdict = sent.length + answered.length === 0 ? 'as specified' : `${sent.length} sent, ${answered.length} answered`;
    const call = `${exchange.method.padEnd(6)} ${route.padEnd(28)} ${String(exchange.status)}`;
    const told = isOtherVersion ? 'told, not judged: ' : '';
    return [
      `${exchange.by.padEnd(14)} ${call}  ${verdict}`,
      ...sent.map((line) => `    sent      ${line}`),
      ...answered.map((line) => `    answered  ${told}${line}`),
    ];
  });
  const scope = isOtherVersion
    ? `calls judged; answers of ${serverVersion} are of another version`
    : `calls and answers of ${serverVersion} judged`;
  return [...lines, `${differences} differences from Immich ${specVersion} (${scope})`].join('\n');
}

if (import.meta.main) {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { url: { type: 'string' }, key: { type: 'string' } } });
  const [file] = positionals;
  if (file === undefined || (values.url === undefined) !== (values.key === undefined)) {
    console.error('usage: node test/contract/spec.ts FILE.json [--url URL --key KEY]');
    process.exit(2);
  }
  const server = values.url !== undefined && values.key !== undefined ? { url: values.url, key: values.key } : undefined;
  try {
    const report = await judge(file, server);
    console.log(tableOf(report));
    process.exitCode = report.differences === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}

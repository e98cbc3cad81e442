/** Is Immich there, does it speak as we do, and does its clock agree with ours? */
import { formatDuration } from '../../domain/index.ts';
import { type Immich, ImmichError, type ImmichTransport } from '../../immich/index.ts';
import { type Clock, sentenceOf } from '../../kernel/index.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

export interface ServerParts {
  readonly url: string;
  readonly immich: Immich;
  readonly transport: ImmichTransport;
  readonly clock: Clock;
}

const about = 'Immich';
// Dates without a zone and "fresh" are off by no more than that without anybody noticing.
const toleratedSkewMs = 120_000;

export async function checkServer({ url, immich, transport, clock }: ServerParts, signal: AbortSignal): Promise<readonly Finding[]> {
  try {
    const { version, dialect, isKnown } = await immich.serverVersion(signal);
    const findings: Finding[] = [ok(about, `${url} answers: Immich ${version}.`)];
    if (!isKnown) {
      findings.push(
        warning(
          about,
          `Version ${version} is not one this Homeroll was checked against; it is spoken to as version ${dialect}.`,
          'Look for a newer Homeroll.',
        ),
      );
    }
    const { isInMaintenance } = await immich.serverConfig(signal);
    if (isInMaintenance) findings.push(warning(about, 'It is in maintenance: everything waits until that is over.'));
    return [...findings, ...(await checkClock(transport, clock, signal))];
  } catch (error) {
    signal.throwIfAborted();
    const sentence = error instanceof ImmichError ? error.message : `${url} cannot be used: ${sentenceOf(error)}.`;
    return [{ ...problem(about, sentence), isAccountUnusable: true }];
  }
}

async function checkClock(transport: ImmichTransport, clock: Clock, signal: AbortSignal): Promise<readonly Finding[]> {
  const { headers, body } = await transport.send({ method: 'GET', path: '/api/server/ping', headers: {} }, signal);
  for await (const _ of body);
  const theirMs = Date.parse(headers.date ?? '');
  if (Number.isNaN(theirMs)) return [];
  const skewMs = Math.abs(clock.now() - theirMs);
  if (skewMs <= toleratedSkewMs) return [ok(about, 'Its clock and the one of this machine agree.')];
  return [
    warning(about, `Its clock and the one of this machine are ${formatDuration(skewMs)} apart.`, 'Let both be set by the network (NTP).'),
  ];
}

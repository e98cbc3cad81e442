/** A transport with crash points around every order: before it is sent, while its bytes are on their way, when it is answered. */
import { type CrashPoints, noCrashPoints } from '../kernel/index.ts';
import type { ImmichRequest, ImmichTransport, RequestBody } from './transport.ts';

/** Orders are called as in a fault plan: `before PUT /albums/:id/assets`. Questions change nothing and have no points. */
export function withCrashPoints(transport: ImmichTransport, crashPoints: CrashPoints): ImmichTransport {
  if (crashPoints === noCrashPoints) return transport;
  return {
    async send(request, signal) {
      if (isQuestion(request)) return transport.send(request, signal);
      const name = nameOf(request);
      crashPoints.reach(`before ${name}`);
      const answer = await transport.send(isForm(request) ? watched(request, name, crashPoints) : request, signal);
      crashPoints.reach(`after ${name}`);
      return answer;
    },
    close: () => transport.close(),
  };
}

const questions: ReadonlySet<string> = new Set(['POST /assets/bulk-upload-check', 'POST /search/metadata']);

const isQuestion = (request: ImmichRequest): boolean => request.method === 'GET' || questions.has(nameOf(request));

const isForm = ({ headers }: ImmichRequest): boolean => headers['Content-Type']?.startsWith('multipart/form-data') === true;

function nameOf({ method, path }: ImmichRequest): string {
  return `${method} ${path
    .replace(/^\/api/, '')
    .replace(/\?.*/, '')
    .replace(/[0-9a-f-]{36}/g, ':id')}`;
}

function watched(request: ImmichRequest, name: string, crashPoints: CrashPoints): ImmichRequest {
  const { body } = request;
  return body ? { ...request, body: { ...body, chunks: () => watchedChunks(body, name, crashPoints) } } : request;
}

/** A chunk has left when the next one is asked for. */
async function* watchedChunks(body: RequestBody, name: string, crashPoints: CrashPoints): AsyncGenerator<Uint8Array> {
  let sentBytes = 0;
  for await (const chunk of body.chunks()) {
    const isLast = sentBytes + chunk.length >= body.sizeBytes;
    if (isLast) crashPoints.reach(`in ${name}, before the form is closed`);
    const isHalf = sentBytes < body.sizeBytes / 2 && sentBytes + chunk.length >= body.sizeBytes / 2;
    yield chunk;
    if (sentBytes === 0) crashPoints.reach(`in ${name}, its first bytes sent`);
    if (isHalf) crashPoints.reach(`in ${name}, half of it sent`);
    if (isLast) crashPoints.reach(`in ${name}, the form closed`);
    sentBytes += chunk.length;
  }
}

/** Puts a question to Immich and reads the answer: JSON out, JSON in, every failure turned into an ImmichError. */
import type { ZodType } from 'zod';
import { answerFailure, garbage } from './answer-failures.ts';
import type { AnswerPatience } from './answer-patience.ts';
import { connectionFailure } from './connection-failures.ts';
import { ImmichError } from './failures.ts';
import { type ImmichRequest, type ImmichResponse, type ImmichTransport, TransportError } from './transport.ts';

export interface Caller {
  readonly transport: ImmichTransport;
  /** Immich's address, for sentences. */
  readonly url: string;
  readonly key: string;
  /** `homeroll/0.1.0` */
  readonly userAgent: string;
  /** Of questions that name none of their own. */
  readonly patience?: AnswerPatience;
}

export type Question = Omit<ImmichRequest, 'headers'> & {
  readonly headers?: Readonly<Record<string, string>>;
  /** Of this kind of question; without it, and without `patienceMs`, the caller's. */
  readonly patience?: AnswerPatience;
};

// More than any list Immich answers to us, less than what would hurt.
const longestAnswerBytes = 64 * 1024 * 1024;
const refusalLength = 64 * 1024;

/** Sends the question and returns a good answer (2xx), its body still to be read. */
export async function ask(caller: Caller, question: Question, signal: AbortSignal): Promise<ImmichResponse> {
  const headers = { Accept: 'application/json', 'User-Agent': caller.userAgent, 'x-api-key': caller.key, ...question.headers };
  const answer = await named(caller, () => sendPatiently(caller, { ...question, headers }, signal));
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw answerFailure({ status: answer.status, headers: answer.headers, text: await readRefusal(answer) }, caller.url);
}

type Asked = Question & Pick<ImmichRequest, 'headers'>;

async function sendPatiently(
  caller: Caller,
  { patience = caller.patience, ...request }: Asked,
  signal: AbortSignal,
): Promise<ImmichResponse> {
  if (!patience || request.patienceMs !== undefined) return caller.transport.send(request, signal);
  const patienceMs = patience.ms;
  try {
    const answer = await caller.transport.send({ ...request, patienceMs }, signal);
    patience.noteAnswer(answer.waitedMs);
    return answer;
  } catch (error) {
    if (error instanceof TransportError && error.trouble === 'timed out' && error.wasSent) patience.noteSilence(patienceMs);
    throw error;
  }
}

/** Asks for JSON of a known shape. */
export async function askFor<T>(caller: Caller, shape: ZodType<T>, question: Question, signal: AbortSignal): Promise<T> {
  return (await askDated(caller, shape, question, signal)).said;
}

/** @returns also what time it was for whoever answered, unix ms, undefined: it did not say; and how long the answer took to begin */
export async function askDated<T>(
  caller: Caller,
  shape: ZodType<T>,
  question: Question,
  signal: AbortSignal,
): Promise<{ readonly said: T; readonly dateMs: number | undefined; readonly waitedMs: number | undefined }> {
  const answer = await ask(caller, question, signal);
  const body = await readAll(caller, answer);
  const dateMs = Date.parse(answer.headers.date ?? '');
  return { said: understand(caller, shape, body), dateMs: Number.isNaN(dateMs) ? undefined : dateMs, waitedMs: answer.waitedMs };
}

/** Asks for something to be done; what is answered beside "done" is not read. */
export async function order(caller: Caller, question: Question, signal: AbortSignal): Promise<void> {
  const answer = await ask(caller, question, signal);
  await readAll(caller, answer);
}

export function json(method: string, path: string, content: unknown): Question {
  const bytes = Buffer.from(JSON.stringify(content));
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
  };
  return { method, path, headers: { 'Content-Type': 'application/json' }, body: { sizeBytes: bytes.length, chunks } };
}

/** Runs a piece of talk and gives the transport's troubles their meaning. Everything else passes as it is. */
export async function named<T>(caller: Caller, talk: () => Promise<T>): Promise<T> {
  try {
    return await talk();
  } catch (error) {
    throw error instanceof TransportError ? connectionFailure(error, caller.url) : error;
  }
}

function understand<T>(caller: Caller, shape: ZodType<T>, body: Buffer): T {
  let spoken: unknown;
  try {
    spoken = JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw garbage('an answer that is not JSON', caller.url, { cause, mayBeStored: true });
  }
  const parsed = shape.safeParse(spoken);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw garbage(`${issue?.path.join('.') || 'the answer'}: ${issue?.message}`, caller.url, { cause: parsed.error, mayBeStored: true });
}

/** The start of a refusal. Its status has said the main thing: a proxy that hangs up in the middle of the page changes nothing. */
async function readRefusal(answer: ImmichResponse): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of answer.body) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > refusalLength) break;
    }
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
  }
  return text;
}

function readAll(caller: Caller, answer: ImmichResponse): Promise<Buffer> {
  return named(caller, async () => {
    const chunks: Uint8Array[] = [];
    let sizeBytes = 0;
    for await (const chunk of answer.body) {
      chunks.push(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes > longestAnswerBytes) throw garbage('an endless answer', caller.url, { mayBeStored: true });
    }
    return Buffer.concat(chunks);
  });
}

export async function absentWhenNotFound<T>(answer: Promise<T>): Promise<T | 'absent'> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ImmichError && error.kind === 'not found') return 'absent';
    throw error;
  }
}

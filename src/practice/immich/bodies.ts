/** Reads JSON and form bodies before anything else is looked at, as the real server does; uploads stay unread for their handler. */
import { badRequest, brokenDown } from './errors.ts';
import { headerOf, type PracticeRequest } from './exchange.ts';

// The limit of the real server for everything but files.
const largestBytes = 10 << 20;

/** @returns the parsed body, or undefined when there is none that is JSON or a form. @throws Refusal */
export async function readBody(request: PracticeRequest): Promise<unknown> {
  const type = headerOf(request, 'content-type')?.toLowerCase() ?? '';
  const isJson = type.startsWith('application/json');
  if (!isJson && !type.startsWith('application/x-www-form-urlencoded')) return undefined;
  if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) return undefined;
  const charset = /charset=["']?([\w-]+)/.exec(type)?.[1];
  if (charset && charset !== 'utf-8') throw brokenDown();
  const text = await readText(request);
  return isJson ? parseJson(text) : asRecord(new URLSearchParams(text));
}

/** Repeated names become lists. */
export function asRecord(parameters: URLSearchParams): Record<string, string | string[]> {
  const entries = [...new Set(parameters.keys())].map((name) => {
    const values = parameters.getAll(name);
    return [name, values.length === 1 ? (values[0] ?? '') : values] as const;
  });
  return Object.fromEntries(entries);
}

async function readText(request: PracticeRequest): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of request.body) {
    sizeBytes += chunk.length;
    // Read on, keep nothing: the sender must be able to finish before it hears the answer.
    if (sizeBytes > largestBytes) chunks.length = 0;
    else chunks.push(chunk);
  }
  if (sizeBytes > largestBytes) throw brokenDown();
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  if (text === '') return {};
  const first = text.trimStart()[0] ?? '';
  if (first !== '{' && first !== '[') throw badRequest(`Unexpected token '${first}', "${text}" is not valid JSON`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest((error as Error).message);
  }
}

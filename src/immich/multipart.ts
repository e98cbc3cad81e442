/** multipart/form-data with a length known beforehand (RFC 7578): fields and files in the order given, nothing held in memory. */
import { OwnerError } from '../kernel/index.ts';
import type { RequestBody } from './transport.ts';

export type Part =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly fileName: string; readonly sizeBytes: number; content(): AsyncIterable<Uint8Array> };

/**
 * @param boundary must not occur in any part
 * @returns the body; its `chunks()` throws what a part's content throws, and an OwnerError when a part's content is not `sizeBytes` long
 */
export function multipart(boundary: string, parts: readonly Part[]): RequestBody {
  const framed = parts.map((part) => ({ part, head: Buffer.from(headOf(boundary, part)) }));
  const end = Buffer.from(`--${boundary}--\r\n`);
  return {
    sizeBytes: framed.reduce((sum, { part, head }) => sum + head.length + sizeOf(part) + lineBreak.length, end.length),
    async *chunks() {
      // Small pieces travel together: a packet for each would cost more than the piece.
      let pending: Uint8Array[] = [];
      for (const { part, head } of framed) {
        pending.push(head);
        if ('text' in part) {
          pending.push(Buffer.from(part.text), lineBreak);
          continue;
        }
        yield Buffer.concat(pending);
        yield* exactly(part.sizeBytes, part.content());
        pending = [lineBreak];
      }
      yield Buffer.concat([...pending, end]);
    },
  };
}

const lineBreak = Buffer.from('\r\n');

function sizeOf(part: Part): number {
  return 'text' in part ? Buffer.byteLength(part.text) : part.sizeBytes;
}

/** Names are raw UTF-8 between quotes, as browsers send them and as Immich reads them; never `filename*=`. */
function headOf(boundary: string, part: Part): string {
  const file = 'text' in part ? '' : `; filename="${quotable(part.fileName)}"\r\nContent-Type: application/octet-stream`;
  return `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"${file}\r\n\r\n`;
}

/** A backslash would cut the name there, or swallow the next character; a line break would end the header. */
function quotable(name: string): string {
  return name
    .replace(/[\r\n\0]/g, '')
    .replaceAll('\\', '_')
    .replaceAll('"', '\\"');
}

async function* exactly(sizeBytes: number, content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let leftBytes = sizeBytes;
  for await (const chunk of content) {
    leftBytes -= chunk.length;
    if (leftBytes < 0) break;
    yield chunk;
  }
  if (leftBytes !== 0) {
    throw new OwnerError(
      'changed while sending',
      'The file changed its size while it was being sent to Immich. It will be looked at again.',
    );
  }
}

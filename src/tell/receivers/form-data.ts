/** A call of fields and one small file, as browsers send a form (multipart/form-data, RFC 7578). */
import { createHash } from 'node:crypto';
import type { HttpCall } from '../http-ask.ts';
import { type Picture, pictureName } from './form.ts';

/** @param fileField what the receiver calls the file */
export function formCall(url: string, fields: Readonly<Record<string, string>>, fileField: string, picture: Picture): HttpCall {
  const named = Object.entries(fields);
  // Of all that goes with it, so it can hardly stand in any of it.
  const hash = createHash('sha256').update(JSON.stringify(named)).update(picture.bytes).digest('hex');
  const boundary = `homeroll-${hash.slice(0, 32)}`;
  const head = (name: string, more = ''): string => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
  const file = `; filename="${pictureName(picture)}"\r\nContent-Type: ${picture.type}`;
  return {
    method: 'POST',
    url,
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}`, Accept: 'application/json' },
    body: Buffer.concat([
      ...named.map(([name, text]) => Buffer.from(`${head(name)}${text}\r\n`)),
      Buffer.from(head(fileField, file)),
      picture.bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  };
}

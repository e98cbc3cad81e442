/** Reads a form with a file (multipart/form-data) as a server does. */
import busboy from 'busboy';
import { must, type Received, textOf } from './stand-in.ts';

export interface SentForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: { readonly field: string; readonly name: string; readonly bytes: Buffer } | undefined;
}

export async function formOf({ headers, body }: Received): Promise<SentForm> {
  must(/^multipart\/form-data;/.test(headers['content-type'] ?? ''), 'Content-Type is multipart/form-data');
  const fields: Record<string, string> = {};
  let file: SentForm['file'];
  const reading = busboy({ headers });
  reading.on('field', (name, text) => {
    fields[name] = text;
  });
  reading.on('file', (field, stream, { filename }) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      file = { field, name: textOf(filename, 'the name of a file'), bytes: Buffer.concat(chunks) };
    });
  });
  await new Promise<void>((resolve, reject) => {
    reading.on('close', resolve).on('error', reject).end(body);
  });
  return { fields, file };
}

/** Addresses and tokens of receivers: how each is written, and the sentence for one that is written wrong. They are never quoted. */
import { z } from 'zod';
import { Secret } from '../kernel/index.ts';
import { address, secret } from './values.ts';

/** Of an address that is copied from a receiver. */
function place(example: string) {
  return address(/^https?:$/, `is not an address. Write one that begins with http:// or https://, such as ${example}.`).meta({
    examples: [example],
  });
}

const ntfyExample = 'https://ntfy.sh/a-name-that-nobody-guesses';

export const ntfyUrl = place(ntfyExample).transform(({ url }, context) => {
  const [, above = '', topic = ''] = /^(.*)\/([^/]*)$/.exec(url.pathname) ?? [];
  if (/^[-_A-Za-z0-9]{1,64}$/.test(topic)) {
    return { host: url.host, server: new Secret(withPath(url, above)), topic: new Secret(topic) };
  }
  const cure = `such as ${ntfyExample}.`;
  context.addIssue(
    topic === ''
      ? `names no topic: write it at the end, ${cure}`
      : `has no topic at its end that ntfy takes: write letters, digits, "-" and "_", ${cure}`,
  );
  return z.NEVER;
});

export const gotifyUrl = place('https://gotify.example').transform(({ url }) => {
  const path = url.pathname.replace(/\/+(message\/*)?$/, '');
  return { host: url.host, server: new Secret(withPath(url, path)) };
});

/** Printable, so that it can stand in a header. */
export const token = secret.transform((kept, context): Secret => {
  const text = kept.reveal().trim();
  if (/^[\x21-\x7e]+$/.test(text)) return new Secret(text);
  context.addIssue('holds characters that no token has: copy it again.');
  return z.NEVER;
});

/** People paste a slash at the end, and what a browser adds. */
function withPath(url: URL, path: string): string {
  const changed = new URL(url);
  changed.pathname = path.replace(/\/+$/, '');
  changed.hash = '';
  return changed.href.replace(/\/$/, '');
}

/** What a receiver says of its refusal, if it can be shown: one short line, with nothing in it that is secret. Pure. */
import { cutText, oneLine } from '../../domain/index.ts';

const longest = 160;

/** Undefined: it says nothing, or repeats what must not be shown. */
export function reasonOf(text: string, secrets: readonly string[]): string | undefined {
  const { errorDescription, description, error, message } = fieldsIn(text);
  const said = [errorDescription, description, error, message].find((one) => typeof one === 'string' && one.trim() !== '');
  return typeof said === 'string' ? shownReason(said, secrets) : undefined;
}

/** The same of what it said in plain words. */
export function shownReason(said: string, secrets: readonly string[]): string | undefined {
  if (said.trim() === '' || holdsAny(said, secrets)) return undefined;
  return cutText(oneLine(said, 2 * longest), longest)
    .replace(/[."]+$/, '')
    .replaceAll('"', "'");
}

/** The answer's JSON; empty where it is none. */
export function fieldsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

/** In any of the forms in which it travels. */
function holdsAny(said: string, secrets: readonly string[]): boolean {
  const heard = said.toLowerCase();
  return secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64'), ...partsOf(secret)])
    .some((form) => form !== '' && heard.includes(form.toLowerCase()));
}

/** What is secret within an address. */
function partsOf(secret: string): readonly string[] {
  const url = URL.parse(secret);
  if (!url) return [];
  const { username, password, pathname, searchParams } = url;
  const decoded = plain(password);
  const login = Buffer.from(`${plain(username)}:${decoded}`).toString('base64');
  const longParts = pathname.split('/').filter((part) => part.length > 15);
  return [password, decoded, ...(password === '' ? [] : [login]), ...longParts, ...searchParams.values()];
}

/** As it was before it stood in an address. */
function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

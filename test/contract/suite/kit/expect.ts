/** What a case may say about an answer, in as few words as possible; every failure tells where, what was due and what came. */
import assert from 'node:assert/strict';
import type { Answer } from './wire.ts';

/** Which generation of Immich is spoken to: every 3.x answers alike in what the suite looks at. */
export type Dialect = '2' | '3';

/** A value, a predicate, a list of shapes, or an object of which only the named keys matter. */
export type Shape = Check | string | number | boolean | null | readonly Shape[] | { readonly [key: string]: Shape };
type Check = (value: unknown) => boolean;

export const text: Check = (value) => typeof value === 'string';
export const number: Check = (value) => typeof value === 'number';
export const flag: Check = (value) => typeof value === 'boolean';
export const absent: Check = (value) => value === undefined;
export const uuid: Check = (value) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
export const date: Check = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
export const extensions: Check = (value) => Array.isArray(value) && value.every((one) => /^\.[a-z0-9]+$/.test(String(one)));
export const nothingOr =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
/** A list that holds all of these, among others and in any order. */
export const holding =
  (...wanted: readonly unknown[]): Check =>
  (value) =>
    Array.isArray(value) && wanted.every((one) => value.includes(one));
export const holdingNot =
  (unwanted: unknown): Check =>
  (value) =>
    Array.isArray(value) && !value.includes(unwanted);
/** The instant, however it is written. */
export const instant =
  (iso: string): Check =>
  (value) =>
    typeof value === 'string' && Date.parse(value) === Date.parse(iso);
/** An earlier instant, however it is written. */
export const before =
  (iso: string): Check =>
  (value) =>
    typeof value === 'string' && Date.parse(value) < Date.parse(iso);

/** Holds an answer to its status and to the shape of its JSON. */
export function answers(answer: Answer, status: number, shape?: Shape): void {
  assert.equal(answer.status, status, `status ${status} was due, ${answer.status} came: ${excerpt(answer)}`);
  if (shape !== undefined) matches(answer.json, shape);
}

/** Holds a value to a shape. */
export function matches(value: unknown, shape: Shape, where = 'the answer'): void {
  if (typeof shape === 'function') {
    assert.ok(shape(value), `${where}: ${JSON.stringify(value)} is not as agreed`);
  } else if (Array.isArray(shape)) {
    assert.ok(Array.isArray(value), `${where}: a list was due, ${JSON.stringify(value)} came`);
    assert.equal(
      value.length,
      shape.length,
      `${where}: ${shape.length} entries were due, ${value.length} came: ${JSON.stringify(value).slice(0, 400)}`,
    );
    for (const [index, part] of shape.entries()) matches(value[index], part, `${where}[${index}]`);
  } else if (typeof shape === 'object' && shape !== null) {
    assert.ok(typeof value === 'object' && value !== null, `${where}: an object was due, ${JSON.stringify(value)} came`);
    for (const [key, part] of Object.entries(shape)) matches(pick(value, key), part, `${where}.${key}`);
  } else {
    assert.equal(value, shape, `${where}: ${JSON.stringify(shape)} was due, ${JSON.stringify(value)} came`);
  }
}

/** Holds an answer to an error in the dress of its version: 2.x repeats the status inside, 3.x says only the message. */
export function refuses(answer: Answer, due: { readonly status: number; readonly message: string; readonly dialect: Dialect }): void {
  const { status, message, dialect } = due;
  answers(answer, status, dialect === '2' ? { message, statusCode: status } : { message, statusCode: absent });
}

/** Holds an answer to a 400 that names the field at fault, where each version names it. */
export function refusesField(answer: Answer, field: string, dialect: Dialect): void {
  answers(answer, 400, dialect === '3' ? { message: 'Validation failed' } : { statusCode: 400 });
  const named =
    dialect === '3'
      ? list(pick(answer.json, 'errors')).some((issue) => list(pick(issue, 'path')).includes(field))
      : [pick(answer.json, 'message')].flat().some((line) => String(line).includes(field));
  assert.ok(named, `the refusal does not name ${field}: ${excerpt(answer)}`);
}

/** What stands at `path` (`assets/items/0/id`), `undefined` when something on the way is missing. */
export function pick(value: unknown, path: string): unknown {
  return path.split('/').reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

/** The text at `path`. @throws when there is none */
export function pickText(value: unknown, path: string): string {
  const found = pick(value, path);
  assert.ok(typeof found === 'string', `${path}: a text was due, ${JSON.stringify(found)} came`);
  return found;
}

/** `value` if it is a list, else an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function excerpt({ body }: Answer): string {
  return body.subarray(0, 400).toString('utf8');
}

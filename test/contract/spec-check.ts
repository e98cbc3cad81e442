/** Compares one exchange with an OpenAPI document: path, method, query, headers and body as sent, status and body as answered. */
import { differencesFrom, isRecord, type Judge, type Schema } from './json-schema.ts';
import type { Exchange } from './spec-talk.ts';

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Schema }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

export interface OpenApi {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Verdict {
  /** `/albums/{id}` */
  readonly route: string;
  readonly sent: readonly string[];
  readonly answered: readonly string[];
}

/** HTTP's own, and the key, which the document names as a way to sign in. */
const commonHeaders = new Set(['accept', 'accept-encoding', 'cache-control', 'content-type', 'user-agent', 'x-api-key']);

/** Version 2 requires these of an upload; version 3 drops them, seen on a real 3.1.0. One form for both. */
const harmlessInUpload = new Set(['deviceAssetId', 'deviceId']);

export function check(spec: OpenApi, exchange: Exchange): Verdict {
  const [path = '', query = ''] = exchange.path.replace(/^\/api/, '').split('?');
  const found = Object.entries(spec.paths).find(([route]) => matches(route, path));
  const operation = found?.[1][exchange.method.toLowerCase()];
  if (!found || !operation) return { route: path, sent: [`${exchange.method} ${path}: not in the specification`], answered: [] };
  return {
    route: found[0],
    sent: [...checkParameters(spec, operation, query, exchange), ...checkBody(spec, operation, exchange)],
    answered: checkAnswer(spec, operation, exchange),
  };
}

/** `/tags/assets` is a route of its own and `assets` no id: every id of Immich is a UUID. */
function matches(route: string, path: string): boolean {
  const steps = path.split('/');
  const wanted = route.split('/');
  const fits = (want: string, step = ''): boolean => (want.startsWith('{') ? /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-/.test(step) : want === step);
  return steps.length === wanted.length && wanted.every((want, at) => fits(want, steps[at]));
}

function judgeOf(spec: OpenApi, isClosed: boolean): Judge {
  const resolve = (ref: string): Schema => {
    const schema = spec.components.schemas[ref.replace('#/components/schemas/', '')];
    if (!schema) throw new Error(`${ref} is not in the document`);
    return schema;
  };
  return { resolve, isClosed };
}

function checkParameters(spec: OpenApi, { parameters = [] }: Operation, query: string, exchange: Exchange): string[] {
  const sent = {
    query: new Map(new URLSearchParams(query)),
    header: new Map(Object.entries(exchange.headers).map(([name, value]) => [name.toLowerCase(), value] as const)),
  };
  return (['query', 'header'] as const).flatMap((place) => {
    const known = parameters.filter((parameter) => parameter.in === place);
    const missing = known.filter(({ name, required }) => required && !sent[place].has(name)).map(({ name }) => `${place} ${name}: missing`);
    const wrong = [...sent[place]].flatMap(([name, text]) => {
      if (place === 'header' && commonHeaders.has(name)) return [];
      const parameter = known.find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (!parameter) return [`${place} ${name}: not in the specification`];
      return differencesFrom(parameter.schema, fromText(text, parameter.schema), judgeOf(spec, true), `${place} ${name}`);
    });
    return [...missing, ...wrong];
  });
}

function checkBody(spec: OpenApi, { requestBody }: Operation, { body, headers }: Exchange): string[] {
  if (!requestBody) return body ? ['a body where none is expected'] : [];
  if (!body) return ['no body'];
  const [type = ''] = (headers['Content-Type'] ?? '').split(';');
  const schema = requestBody.content?.[type]?.schema;
  if (!schema) return [`body of type "${type}": not in the specification`];
  const judge = judgeOf(spec, true);
  const whole = schema.$ref === undefined ? schema : judge.resolve(schema.$ref);
  const value = type === 'multipart/form-data' ? formOf(whole, body.toString(), judge) : JSON.parse(body.toString());
  return differencesFrom(whole, value, judge, 'body').filter(
    (line) => ![...harmlessInUpload].some((name) => line.startsWith(`body/${name}: not in`)),
  );
}

function checkAnswer(spec: OpenApi, { responses }: Operation, { status, answer, answerType }: Exchange): string[] {
  const response = responses[status];
  if (!response) return [`status ${status}: not in the specification (${Object.keys(responses).join(', ')})`];
  const json = response.content?.['application/json']?.schema;
  if (!json) return [];
  if (!answerType.startsWith('application/json')) return [`"${answerType}" instead of JSON`];
  return differencesFrom(json, JSON.parse(answer.toString()), judgeOf(spec, false), 'answer');
}

/** The fields of a form as values of the types the schema gives them, so that "1" does not pass for true. */
function formOf(schema: Schema, text: string, judge: Judge): Readonly<Record<string, unknown>> {
  const parts = [...text.matchAll(/Content-Disposition: form-data; name="(\w+)"[^\r]*\r\n(?:[^\r]+\r\n)*\r\n(.*?)\r\n--/gs)];
  return Object.fromEntries(
    parts.map(([, name = '', value = '']) => {
      const property = schema.properties?.[name] ?? {};
      return [name, fromText(value, property.$ref === undefined ? property : judge.resolve(property.$ref))];
    }),
  );
}

function fromText(text: string, { type }: Schema): unknown {
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
}

export function isOpenApi(document: unknown): document is OpenApi {
  return isRecord(document) && isRecord(document.paths) && isRecord(document.components) && isRecord(document.info);
}

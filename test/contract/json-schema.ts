/** As much of OpenAPI's JSON schema as Immich's specification uses: says where a value differs from its schema. */

export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
}

export interface Judge {
  /** Finds `#/components/schemas/X`. */
  resolve(ref: string): Schema;
  /** Sent by us, a key the schema does not know is a difference; in an answer it is not. */
  readonly isClosed: boolean;
}

const formats: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/,
};

/** @returns one line per difference, each beginning with the place in the value */
export function differencesFrom(schema: Schema, value: unknown, judge: Judge, place = ''): string[] {
  if (schema.$ref !== undefined) return differencesFrom(judge.resolve(schema.$ref), value, judge, place);
  if (value === null) return schema.nullable || isAnything(schema) ? [] : [`${place}: null`];
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) {
    const each = alternatives.map((one) => differencesFrom(one, value, judge, place));
    return each.find((found) => found.length === 0) ?? each[0] ?? [];
  }
  const merged = schema.allOf?.flatMap((one) => differencesFrom(one, value, judge, place)) ?? [];
  return [...merged, ...ofKind(schema, value, place), ...ofObject(schema, value, judge, place), ...ofList(schema, value, judge, place)];
}

function isAnything(schema: Schema): boolean {
  return Object.keys(schema).every((key) => key === 'description');
}

function ofKind(schema: Schema, value: unknown, place: string): string[] {
  const kind = Array.isArray(value) ? 'array' : Number.isInteger(value) && schema.type === 'integer' ? 'integer' : typeof value;
  if (schema.type !== undefined && kind !== schema.type) return [`${place}: ${kind} instead of ${schema.type}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${place}: ${JSON.stringify(value)} is none of ${schema.enum.join(', ')}`];
  if (typeof value === 'number') {
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
    return value >= minimum && value <= maximum ? [] : [`${place}: ${value} is not within ${minimum} and ${maximum}`];
  }
  if (typeof value !== 'string') return [];
  const patterns = [schema.pattern === undefined ? undefined : new RegExp(schema.pattern), formats[schema.format ?? '']];
  if (value.length < (schema.minLength ?? 0)) return [`${place}: shorter than ${schema.minLength}`];
  return patterns.every((pattern) => !pattern || pattern.test(value)) ? [] : [`${place}: "${value}" is no ${schema.format ?? 'match'}`];
}

function ofObject(schema: Schema, value: unknown, judge: Judge, place: string): string[] {
  if (!isRecord(value) || !(schema.properties || schema.required)) return [];
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${place}/${name}: missing`);
  const found = Object.entries(value).flatMap(([name, inner]) => {
    const known = properties[name];
    if (known) return differencesFrom(known, inner, judge, `${place}/${name}`);
    return judge.isClosed && !additionalProperties ? [`${place}/${name}: not in the specification`] : [];
  });
  return [...missing, ...found];
}

function ofList(schema: Schema, value: unknown, judge: Judge, place: string): string[] {
  if (!Array.isArray(value) || !schema.items) return [];
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
  if (value.length < minItems || value.length > maxItems) return [`${place}: ${value.length} entries, not ${minItems} to ${maxItems}`];
  return value.flatMap((inner, at) => differencesFrom(items, inner, judge, `${place}/${at}`));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of requests, each checked in both dialects: 3.x by zod itself, 2.x in the sentences of class-validator. */
import { z } from 'zod';
import type { Dialect } from './dialect.ts';
import { badRequest, type Issue, Refusal } from './errors.ts';

export interface Field<T> {
  readonly zod: z.ZodType<T>;
  /** What 2.7.5 complains of; nothing when all is well. */
  readonly complaints: (value: unknown, name: string) => readonly string[];
  /** 2.7.5 converts some texts before it looks at them. */
  readonly convert: (value: unknown) => unknown;
  readonly isOptional: boolean;
}

export type Shape = Readonly<Record<string, Field<unknown>>>;
export type Read<S extends Shape> = { readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never };

function field<T>(zod: z.ZodType<T>, complaints: Field<T>['complaints'], convert: Field<T>['convert'] = (value) => value): Field<T> {
  return { zod, complaints, convert, isOptional: false };
}

const says = (isWrong: boolean, sentence: string): string[] => (isWrong ? [sentence] : []);

export function optional<T>({ zod, complaints, convert }: Field<T>): Field<T | undefined> {
  return { zod: zod.optional(), complaints, convert, isOptional: true };
}

export function nullable<T>({ zod, complaints, convert, isOptional }: Field<T>): Field<T | null> {
  return {
    zod: zod.nullable(),
    complaints: (value, name) => (value === null ? [] : complaints(value, name)),
    convert,
    isOptional,
  };
}

export const text = (): Field<string> => field(z.string(), (value, name) => says(typeof value !== 'string', `${name} must be a string`));

/** Text that 2.7.5 wants filled; it names the two complaints in the order of its decorators, which differs from field to field. */
export const filledText = (emptyComplaint: 'first' | 'last'): Field<string> =>
  field(z.string(), (value, name) => {
    const empty = says(value === undefined || value === null || value === '', `${name} should not be empty`);
    const other = says(typeof value !== 'string', `${name} must be a string`);
    return emptyComplaint === 'first' ? [...empty, ...other] : [...other, ...empty];
  });

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const isUuid = (value: unknown): value is string => typeof value === 'string' && uuidPattern.test(value);

export const uuid = (): Field<string> =>
  field(
    z.uuid({ version: 'v4' }).transform((id) => id.toLowerCase()),
    (value, name) => says(!isUuid(value), `${name} must be a UUID`),
    (value) => (typeof value === 'string' ? value.toLowerCase() : value),
  );

export const uuids = ({ atLeast, notEmpty = false }: { atLeast?: number; notEmpty?: boolean } = {}): Field<string[]> =>
  field(
    atLeast === undefined ? z.array(uuid().zod) : z.array(uuid().zod).min(atLeast),
    (value, name) => {
      if (Array.isArray(value)) {
        return [
          ...says(!value.every(isUuid), `each value in ${name} must be a UUID`),
          ...says(atLeast !== undefined && value.length < atLeast, `${name} must contain at least ${atLeast} elements`),
        ];
      }
      return [
        `each value in ${name} must be a UUID`,
        ...says(notEmpty && (value === undefined || value === null), `${name} should not be empty`),
        `${name} must be an array`,
      ];
    },
    (value) => (Array.isArray(value) ? value.map((id) => (typeof id === 'string' ? id.toLowerCase() : id)) : value),
  );

export const texts = ({ atLeast = 0 } = {}): Field<string[]> =>
  field(z.array(z.string()).min(atLeast), (value, name) => {
    if (!Array.isArray(value)) return [`each value in ${name} must be a string`, `${name} must be an array`];
    return [
      ...says(value.length < atLeast, `${name} must contain at least ${atLeast} elements`),
      ...says(!value.every((entry) => typeof entry === 'string'), `each value in ${name} must be a string`),
      ...says(value.includes(''), `each value in ${name} should not be empty`),
    ];
  });

export function oneOf<const V extends string>(values: readonly V[], listed: readonly string[] = values): Field<V> {
  return field(z.enum(values as readonly [V, ...V[]]), (value, name) =>
    says(!listed.includes(value as string), `${name} must be one of the following values: ${listed.join(', ')}`),
  );
}

const switched = (value: unknown): unknown => (value === 'true' ? true : value === 'false' ? false : value);
const booleanComplaints = (value: unknown, name: string): string[] =>
  says(typeof switched(value) !== 'boolean', `${name} must be a boolean value`);

/** In JSON: 3.x takes only true and false, 2.x also their names. */
export const boolean = (): Field<boolean> => field(z.boolean(), booleanComplaints, switched);

/** In forms and queries, where everything is text. */
export const switchText = (): Field<boolean> =>
  field(z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' }), booleanComplaints, switched);

export function integer({ min, max, fromText = false }: { min: number; max?: number; fromText?: boolean }): Field<number> {
  // In forms 3.x makes a number of what it gets; in JSON it wants one.
  const bounded = (fromText ? z.coerce.number() : z.number()).int().min(min);
  return field(
    max === undefined ? bounded : bounded.max(max),
    (raw, name) => {
      const value = fromText && typeof raw === 'string' ? Number(raw) : raw;
      return [
        ...says(typeof value !== 'number' || value < min, `${name} must not be less than ${min}`),
        ...says(max !== undefined && (typeof value !== 'number' || value > max), `${name} must not be greater than ${max}`),
        ...says(!Number.isInteger(value), `${name} must be an integer number`),
      ];
    },
    (value) => (fromText && typeof value === 'string' ? Number(value) : value),
  );
}

export const number = (min: number, max: number, complaint: string): Field<number> =>
  field(z.number().min(min).max(max), (value, name) =>
    says(typeof value !== 'number' || value < min || value > max, `${name} must be a ${complaint}`),
  );

// The pattern of zod with the seconds left optional, as 3.1.0 takes them.
const zonedDatePattern = new RegExp(
  z.regexes.datetime({ offset: true }).source.replace(':[0-5]\\d(?:\\.\\d+)?', '(?::[0-5]\\d(?:\\.\\d+)?)?'),
);
/** The loose dates of 2.7.5: zone, time and month lengths are not looked at. */
const looseDatePattern = /^\d{4}-\d\d-\d\d([T ]\d\d(:?\d\d(:?\d\d([.,]\d+)?)?)?)?\s?(Z|[+-]\d\d:?(\d\d)?)?$/;

/** An instant in unix milliseconds. A date without zone is taken as UTC. */
export const date = (): Field<number> =>
  field(
    z.unknown().transform((input, context) => {
      if (typeof input === 'string' && zonedDatePattern.test(input)) return Date.parse(input);
      const message = `Invalid input: expected ISO 8601 datetime string, received ${input === null ? 'null' : typeof input}`;
      const pattern = String(zonedDatePattern);
      if (typeof input !== 'string') context.addIssue({ code: 'invalid_type', expected: 'string', input, message });
      else context.addIssue({ code: 'invalid_format', format: 'datetime', origin: 'string', pattern, input, message });
      return z.NEVER;
    }),
    (value, name) => {
      if (value === undefined || value === null) return [`${name} must be a Date instance`, `${name} should not be empty`];
      // A date that cannot be read ends the whole check of 2.7.5 with this one sentence.
      if (typeof value === 'string') throw badRequest(`${name} must be a date string`);
      return says(typeof value !== 'number', `${name} must be a Date instance`);
    },
    (value) => (typeof value === 'string' && looseDatePattern.test(value) ? parseLoosely(value) : value),
  );

/** Milliseconds of a date as 2.7.5 reads it: 30 February is the first or second of March. */
export function parseLoosely(value: string): number {
  const [, year, month, day, time = '00:00', zone = 'Z'] =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ]([\d:.,]+))?\s?(Z|[+-]\d\d:?(?:\d\d)?)?$/.exec(value) ?? [];
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const first = Date.parse(`${year}-${month}-01T${time.replace(',', '.')}${offset}`);
  return first + (Number(day) - 1) * 86_400_000;
}

const colourPattern = /^#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$/;
/** `#ff0000`, in the lengths of CSS. */
export const colour = (): Field<string> =>
  field(z.string().regex(colourPattern), (value, name) =>
    says(typeof value !== 'string' || !colourPattern.test(value), `${name} must be a hexadecimal color`),
  );

/** A JSON object of any content. */
export const record = (): Field<Record<string, unknown>> =>
  field(z.record(z.string(), z.unknown()), (value, name) =>
    says(typeof value !== 'object' || value === null || Array.isArray(value), `${name} must be an object`),
  );

/** A list of objects, each of the given shape; complaints name them `list.0.field`. */
export function list<S extends Shape>(shape: S, { filled = false } = {}): Field<Read<S>[]> {
  return field(z.array(zodOf(shape)).min(filled ? 1 : 0), (value, name) => {
    if (!Array.isArray(value)) {
      const nested = says(value === null, `each value in nested property ${name} must be either object or array`);
      return [`${name} must be an array`, ...nested];
    }
    if (filled && value.length === 0) return [`${name} should not be empty`];
    return value.flatMap((entry, index) => complaintsOf(shape, entry, `${name}.${index}.`));
  });
}

/** Form text that holds a JSON list; 2.7.5 takes a single object for a list of one. */
export function jsonList<S extends Shape>(shape: S): Field<Read<S>[]> {
  const entries = list(shape);
  const parse = (value: unknown): unknown => {
    try {
      return typeof value === 'string' ? JSON.parse(value) : value;
    } catch {
      return value;
    }
  };
  const zod = z.unknown().transform((value, context) => {
    const parsed = parse(value);
    if (typeof parsed !== 'string') return parsed;
    context.addIssue({ code: 'custom', message: 'Invalid input: expected JSON string, received string' });
    return z.NEVER;
  });
  const convert = (value: unknown): unknown => {
    const parsed = parse(value);
    return isRecord(parsed) ? [parsed] : parsed;
  };
  return field(
    zod.pipe(entries.zod),
    (value, name) => {
      return typeof value === 'string' ? [`${name} must be valid JSON`] : entries.complaints(value, name);
    },
    convert,
  );
}

/** @returns the fields of `value`, all others left out. @throws Refusal in the words of the dialect */
export function read<S extends Shape>(dialect: Dialect, shape: S, value: unknown): Read<S> {
  if (dialect.validation === 'zod') {
    const result = schemaOf(shape).safeParse(value);
    if (result.success) return result.data as Read<S>;
    throw invalid(result.error.issues.map(({ input: _, ...issue }) => issue as Issue));
  }
  const complaints = complaintsOf(shape, value);
  if (complaints.length > 0) throw new Refusal(400, complaints);
  const object = isRecord(value) ? value : {};
  return Object.fromEntries(Object.entries(shape).map(([name, { convert }]) => [name, convert(object[name])])) as Read<S>;
}

/** What 3.x answers when zod is not content. */
export function invalid(issues: readonly Issue[]): Refusal {
  return new Refusal(400, 'Validation failed', { issues });
}

/** A rule over several fields, worded for each dialect. */
export function refuseWhen(
  isBroken: boolean,
  dialect: Dialect,
  v2: readonly string[],
  v3: { message: string; path?: readonly string[] },
): void {
  if (!isBroken) return;
  if (dialect.validation === 'class-validator') throw new Refusal(400, v2);
  throw invalid([{ code: 'custom', path: v3.path ?? [], message: v3.message }]);
}

function zodOf<S extends Shape>(shape: S): z.ZodType<Read<S>> {
  const fields = Object.fromEntries(Object.entries(shape).map(([name, { zod }]) => [name, zod]));
  return z.object(fields) as unknown as z.ZodType<Read<S>>;
}

// Building a zod object costs more than using it; shapes are constants of their files.
const schemas = new WeakMap<Shape, z.ZodType>();
function schemaOf(shape: Shape): z.ZodType {
  const schema = schemas.get(shape) ?? zodOf(shape);
  schemas.set(shape, schema);
  return schema;
}

function complaintsOf(shape: Shape, value: unknown, prefix = ''): string[] {
  const object = isRecord(value) ? value : {};
  return Object.entries(shape).flatMap(([name, { complaints, isOptional, convert }]) => {
    const given = object[name];
    return isOptional && given === undefined ? [] : complaints(convert(given), prefix + name);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

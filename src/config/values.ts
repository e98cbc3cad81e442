/**
 * The small values of the configuration: how each is written, and the sentence for one that is written wrong.
 * A sentence that begins with a small letter is said of the key: `is empty.` becomes `"key" is empty.`
 */
import { z } from 'zod';
import {
  globProblem,
  guess,
  leftAloneNames,
  parseClockShift,
  parseDuration,
  parseQuietHours,
  parseShare,
  parseSize,
  parseTemplate,
  parseTimeOfDay,
  pathGlob,
  templateProblem,
  textGlob,
  titlePattern,
  titlePatternProblem,
} from '../domain/index.ts';
import { cronProblem, isTimeZone, Secret } from '../kernel/index.ts';

/** Keys with values, and no others. `noun`: what an unknown key is not, "a rule". */
export const block = <Shape extends z.core.$ZodLooseShape>(noun: string, shape: Shape) => z.strictObject(shape).meta({ noun });

export const text = z.string().min(1, 'is empty.');

/** What `read` makes of a text; where it makes nothing, `cure` says what is wrong. `example` goes to the JSON schema and the docs. */
function written<T>(example: string, read: (text: string) => T | undefined, cure: (text: string) => string) {
  return z
    .string()
    .meta({ examples: [example] })
    .transform((text, context): T => {
      const value = read(text);
      if (value !== undefined) return value;
      context.addIssue(cure(text));
      return z.NEVER;
    });
}

/** As `written`, where a check already knows the problem. */
function checked<T>(example: string, problem: (text: string) => string | undefined, read: (text: string) => T) {
  return written(
    example,
    (text) => (problem(text) === undefined ? read(text) : undefined),
    (text) => {
      const found = problem(text) ?? '';
      return `${found.startsWith('"') ? found : `"${text}": ${found}`}${/[.?]$/.test(found) ? '' : '.'}`;
    },
  );
}

export const size = written(
  '20 kB',
  (text) => {
    const sizeBytes = parseSize(text);
    return sizeBytes === undefined ? undefined : { sizeBytes, said: text.trim() };
  },
  (text) => `"${text}" is not a size. Write a number and a unit, such as 20 kB or 4 GB.`,
);

/** A span of time, from `leastMs` up. */
export function duration(example: string, leastMs: number, least: string) {
  return written(
    example,
    (text) => {
      const durationMs = parseDuration(text);
      return durationMs === undefined || durationMs < leastMs ? undefined : durationMs;
    },
    (text) =>
      parseDuration(text) === undefined
        ? `"${text}" is not a span of time. Write a number and a unit, such as ${example}.`
        : `"${text}" is too short: at least ${least}.`,
  );
}

/** Which way, and how far. */
export const clockShift = written('+1h', shiftOf, (text) => `${shiftProblem(text)}.`);
/** The same, or that movies tell the wall clock. */
export const clockWord = written(
  '+1h',
  (text) => (text.trim() === 'local' ? 'local' : shiftOf(text)),
  (text) => `${shiftProblem(text)}, or local where movies tell the wall clock.`,
);

function shiftOf(text: string): { readonly addMs: number; readonly said: string } | undefined {
  const addMs = parseClockShift(text);
  return addMs === undefined ? undefined : { addMs, said: text.trim() };
}

function shiftProblem(text: string): string {
  return parseDuration(text) === undefined
    ? `"${text}" is nothing to set a clock by. Write +1h where it was an hour slow, -30 min where it was fast`
    : `"${text}" does not say which way. Write +${text} where the clock was slow, -${text} where it was fast`;
}

/** A name that is left alone unless the owner takes it back. */
export const leftAlone = written(
  '.snapshots',
  (text) => leftAloneNames.find(({ name }) => name === text)?.name,
  (text) => {
    const pattern = leftAloneNames.find(({ name }) => name.includes('*') && textGlob(name).matches(text));
    if (pattern) return `"${text}" is left alone as one of "${pattern.name}". Write that: not: ["${pattern.name}"].`;
    const near = guess(
      text,
      leftAloneNames.map(({ name }) => name),
    );
    return `"${text}" is not one of the names that are left alone.${near || ' homeroll doctor says which of them your folders hold.'}`;
  },
);

export const quietHours = written(
  '01:00-06:00',
  parseQuietHours,
  (text) => `"${text}" are no hours of a night. Write from when to when, such as "01:00-06:00".`,
);

export const day = written(
  '2001-01-01',
  (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text) ? text : undefined),
  (text) => `"${text}" is not a date. Write year-month-day, such as 2001-01-31.`,
);

export const share = written('5%', parseShare, (text) => `"${text}" is not a share. Write a percentage above 0, such as 5%.`);

export const path = checked('*.gif', pathProblem, pathGlob);
export const camera = checked('GoPro*', globProblem, textGlob);
export const template = checked('{year}/{month-name}', templateProblem, parseTemplate);
export const title = checked('/birthday|holiday/i', titlePatternProblem, titlePattern);
export const cron = written(
  '30 2 * * *',
  (text) => (cronProblem(text) === undefined ? text.trim() : undefined),
  (text) => `"${text}" is not a schedule: ${cronProblem(text)}.`,
);
export const timeZone = written(
  'Europe/Berlin',
  (text) => (isTimeZone(text) ? text : undefined),
  (text) => `"${text}" is not a time zone. Write one as in Europe/Berlin or America/New_York.`,
);

/** An entity of Home Assistant; `domain` where only those of one kind will do. */
export function entity(example: string, domain?: string) {
  const form = new RegExp(`^${domain ?? '[a-z_]+'}\\.[a-z0-9_]+$`);
  return written(
    example,
    (text) => (form.test(text) ? text : undefined),
    (text) => `"${text}" is not an entity of Home Assistant. Write it as it stands there, such as ${example}.`,
  );
}

export const timeOfDay = written(
  '20:00',
  parseTimeOfDay,
  (text) => `"${text}" is not a time of day. Write hours and minutes in quotes, such as "20:00".`,
);

export const extension = written(
  'jpg',
  (text) => /^\.?([^./*\s]+)$/.exec(text)?.[1]?.toLowerCase(),
  (text) => `"${text}" is not an extension. Write it without dot and star, such as jpg.`,
);

export const notText = 'must be text.';

/** A text that may come from `!secret` or `!env`, and is not shown again. */
export const secret = z
  .custom<string | Secret>((value) => typeof value === 'string' || value instanceof Secret, { error: notText })
  .transform((value, context): Secret => {
    const kept = value instanceof Secret ? value : new Secret(value);
    if (kept.reveal().trim() !== '') return kept;
    context.addIssue('is empty.');
    return z.NEVER;
  });

/** What keeps a text from being a key, as the end of a sentence about it. A line break in a header would end the whole run. */
export function keyProblem(text: string): string | undefined {
  return /^[\x21-\x7e]*$/.test(text.trim()) ? undefined : 'holds characters no key has: copy it again from Immich.';
}

export const key = secret.transform((kept, context): Secret => {
  const problem = keyProblem(kept.reveal());
  if (problem === undefined) return kept;
  context.addIssue(problem);
  return z.NEVER;
});

export const url = address(
  /^https?:$/,
  'is not an address. Write one that begins with http:// or https://, such as http://immich.local:2283.',
);
export const brokerUrl = address(
  /^(mqtts?|wss?):$/,
  'is not the address of a broker. Write one that begins with mqtt:// or mqtts://, such as mqtt://homeassistant.local:1883.',
);

export function address(protocols: RegExp, cure: string) {
  return secret.transform((kept, context): { url: URL; kept: Secret } => {
    const parsed = URL.parse(kept.reveal().trim());
    if (parsed?.hostname && protocols.test(parsed.protocol)) return { url: parsed, kept };
    // Not quoted: it may be a secret.
    context.addIssue(cure);
    return z.NEVER;
  });
}

// A rule written as one text would be taken for a pattern that matches nothing, and nobody would notice.
function pathProblem(text: string): string | undefined {
  const [, condition] = /^(smaller than|larger than|taken before|taken after|file before|file after|camera)\b[: ]/.exec(text) ?? [];
  return condition === undefined ? globProblem(text) : `a rule is written in braces, { ${condition}: … }`;
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

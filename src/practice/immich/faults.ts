/** Fault plans: which call goes wrong, and how, as data that a test or a demo writes down. */
import { z } from 'zod';
import { type Random, seededRandom } from '../../kernel/index.ts';
import { matchPath } from './paths.ts';

const bytes = z.number().int().min(0);

const faultSchema = z.discriminatedUnion('kind', [
  /** Answers with this status and does nothing. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.number().int().min(400).max(599),
    body: z.enum(['json', 'html', 'empty']).default('json'),
    retryAfterS: z.number().int().min(0).optional(),
    /** What a JSON body says. */
    message: z.string().optional(),
    /** Who speaks, as a header: a proxy before Immich. */
    server: z.string().optional(),
  }),
  /** As an Immich in maintenance: it knows no question but who it is and whether it is there. For `*`. */
  z.strictObject({ kind: z.literal('maintenance') }),
  /** Takes all of the request, and then has no room for it. */
  z.strictObject({ kind: z.literal('disk-full'), status: z.number().int().min(500).max(599).default(500) }),
  /** Sends the answer a few bytes at a time, with a pause before each piece. */
  z.strictObject({ kind: z.literal('trickle'), bytes: z.number().int().min(1).default(1), pauseMs: z.number().min(0) }),
  /** Sends so many bytes of the answer, and then nothing, and does not hang up. */
  z.strictObject({ kind: z.literal('stall'), afterBytes: bytes }),
  /** Leaves out the end of the answer and passes it off as whole. */
  z.strictObject({ kind: z.literal('cut-short'), toBytes: bytes }),
  /** A web page with status 200, as a captive portal or a login of a proxy gives. */
  z.strictObject({ kind: z.literal('html'), status: z.number().int().default(200) }),
  z.strictObject({ kind: z.literal('delay'), delayMs: z.number().min(0) }),
  /** Drops the connection after so many bytes of body. */
  z.strictObject({ kind: z.literal('reset'), of: z.enum(['request', 'response']), afterBytes: bytes }),
  /** Takes the whole request, and never answers; `isDone`: but does the work. */
  z.strictObject({ kind: z.literal('hang'), isDone: z.boolean().optional() }),
  /** Does the work, then drops the connection. */
  z.strictObject({ kind: z.literal('answer-lost') }),
  /** Stores fewer bytes than it received; the record keeps the right checksum. */
  z.strictObject({ kind: z.literal('store-truncated'), bytes }),
  /** Stores one flipped bit; the record keeps the right checksum. */
  z.strictObject({ kind: z.literal('store-flipped'), at: bytes }),
  /** Stores the right bytes and records another checksum. */
  z.strictObject({ kind: z.literal('wrong-checksum') }),
]);

export const faultPlanSchema = z.strictObject({
  /** For `probability`: the same seed draws the same calls. */
  seed: z.number().int().default(1),
  /** How far its clock is ahead, or with a minus behind. */
  clockOffsetS: z.number().default(0),
  faults: z.array(
    z.strictObject({
      /** Method and path below /api as in Immich's documentation: `POST /assets`, `GET /assets/:id/original`; `*` for all. */
      endpoint: z.string().regex(/^(\*|[A-Z]+ \/\S*)$/, 'is a method and a path: POST /assets'),
      /** Only the nth matching call, from 1. */
      nth: z.number().int().min(1).optional(),
      /** From this matching call on. */
      from: z.number().int().min(1).default(1),
      /** So many of them; without it, all. */
      count: z.number().int().min(1).optional(),
      probability: z.number().min(0).max(1).default(1),
      fault: faultSchema,
    }),
  ),
});

export type FaultPlan = z.input<typeof faultPlanSchema>;
export type Fault = z.output<typeof faultSchema>;
export type UploadFault = Extract<Fault, { kind: 'store-truncated' | 'store-flipped' | 'wrong-checksum' }>;

export interface Faults {
  /** The faults of the next call: drawn once for each call, in the order of the plan. */
  strike(method: string, path: string): readonly Fault[];
}

/** @throws ZodError naming the wrong place of the plan */
export function faultsOf(plan: FaultPlan): Faults {
  const { seed, faults } = faultPlanSchema.parse(plan);
  const random: Random = seededRandom(seed);
  const calls = faults.map((rule) => ({ ...rule, met: 0 }));

  return {
    strike(method, path) {
      const struck: Fault[] = [];
      for (const rule of calls) {
        if (!isFor(rule.endpoint, method, path)) continue;
        rule.met += 1;
        const [first, last] = rule.nth
          ? [rule.nth, rule.nth]
          : [rule.from, rule.count ? rule.from + rule.count - 1 : Number.POSITIVE_INFINITY];
        const isDue = rule.met >= first && rule.met <= last;
        if (isDue && (rule.probability === 1 || random.next() < rule.probability)) struck.push(rule.fault);
      }
      return struck;
    },
  };
}

export const noFaults: Faults = { strike: () => [] };

function isFor(endpoint: string, method: string, path: string): boolean {
  if (endpoint === '*') return true;
  const [verb = '', pattern = ''] = endpoint.split(' ');
  return verb === method && matchPath(pattern, path) !== undefined;
}

/** What may be written of schedules, comings and goings: under `when` and under `only while`. */
import { z } from 'zod';
import { block, cron, duration, entity, timeZone } from './values.ts';

const lasting = duration('5 minutes', 0, '0 s').optional();
const person = entity('person.anna', 'person');

// `on` and `off` without quotes are text to YAML 1.2, but not to everybody's editor.
const state = z.union([z.string().min(1, 'is empty.'), z.boolean().transform((isOn) => (isOn ? 'on' : 'off'))]).meta({ examples: ['on'] });

const circumstances = {
  everyone: z.literal('away').optional().describe('`away`: the last one has left (`zone.home` is empty).'),
  someone: z.literal('home').optional().describe('`home`: somebody is there.'),
  entity: entity('input_boolean.backup').optional().describe('Any entity of Home Assistant, with `is`.'),
  is: state.optional().describe("The entity's state: `{ entity: input_boolean.backup, is: on }`."),
};

export const whenBlock = block('a setting of `when`', {
  schedule: cron.optional().describe('Minute, hour, day, month, weekday. When clocks change, 02:30 still comes once a day.'),
  'time zone': timeZone.optional().describe("The schedule's own time zone."),
  arrives: person.optional().describe('Somebody comes home: `{ arrives: person.anna }`.'),
  leaves: person.optional().describe('Somebody leaves home.'),
  ...circumstances,
  for: lasting.describe(
    'How long it must be so before it counts. Left out: 2 minutes for coming home, 5 minutes for leaving, at once for an entity.',
  ),
}).superRefine((when, context) => mustBeOne(when, ['schedule', 'arrives', 'leaves', 'everyone', 'someone', 'entity'], context));

export const whileBlock = block('a setting of `only while`', {
  ...circumstances,
  for: lasting.describe('How long it must be so before work goes on. Left out: as under `when`. When it ends, work rests at once.'),
}).superRefine((limit, context) => mustBeOne(limit, ['everyone', 'someone', 'entity'], context));

type Written = Readonly<Record<string, unknown>>;

function mustBeOne(written: Written, choices: readonly string[], context: z.core.$RefinementCtx): void {
  const chosen = choices.filter((choice) => written[choice] !== undefined);
  const braces = (keys: readonly string[]): string => keys.map((key) => `{ ${key}: … }`).join(', ');
  if (chosen.length === 0) context.addIssue(`needs one of ${braces(choices)}.`);
  if (chosen.length > 1) context.addIssue(`has ${chosen.map((key) => `"${key}"`).join(' and ')}: leave all but one of them out.`);
  if ((written.entity === undefined) !== (written.is === undefined)) {
    context.addIssue('needs both "entity" and "is", as in: { entity: input_boolean.backup, is: on }');
  }
  if (written['time zone'] !== undefined && written.schedule === undefined) context.addIssue('has a "time zone" and no "schedule".');
  if (written.for !== undefined && written.schedule !== undefined) context.addIssue('has a "schedule" and "for": leave one of them out.');
}

/** What may be written of a source, its rules and its albums: one schema for types, defaults, JSON schema and docs. */
import { z } from 'zod';
import { whenBlock, whileBlock } from './circumstance-schema.ts';
import { place } from './place.ts';
import {
  block,
  camera,
  clockShift,
  clockWord,
  day,
  duration,
  entity,
  extension,
  leftAlone,
  path,
  share,
  size,
  template,
  text,
  title,
} from './values.ts';

const conditions = block('a rule', {
  'smaller than': size.optional().describe('Files smaller than this, such as thumbnails: `20 kB`.'),
  'larger than': size.optional().describe('Files larger than this: `4 GB`.'),
  'taken before': day.optional().describe('Pictures taken before this day. One that does not tell when it was taken is kept.'),
  'taken after': day.optional().describe('Pictures taken after this day. One that does not tell when it was taken is kept.'),
  'file before': day.optional().describe('Files last changed before this day.'),
  'file after': day.optional().describe('Files last changed after this day.'),
  camera: camera
    .optional()
    .describe('Pictures of this camera, by make and model; `*` stands for anything: `GoPro*`. One that does not tell its camera is kept.'),
})
  .meta({ minProperties: 1, maxProperties: 1 })
  .superRefine((rule, context) => {
    const written = Object.keys(rule);
    if (written.length === 0) context.addIssue('This rule is empty: write a condition, such as { smaller than: 20 kB }.');
    if (written.length > 1) {
      context.addIssue(
        `A rule has one condition: write ${written.map((condition) => `{ ${condition}: … }`).join(' and ')} as rules of their own.`,
      );
    }
  });

const clock = block('a setting of `clock`', {
  camera: camera
    .optional()
    .describe(
      'Only pictures of this camera, by make and model or by the model alone: `"HERO*"`. Left out: all, also those that do not tell their camera.',
    ),
  is: z
    .enum(['local'])
    .optional()
    .describe('`local`: the heads of its movies tell the wall clock, where UTC belongs. Photos tell the wall clock anyway.'),
  add: clockShift
    .optional()
    .describe(
      'What is added to every date that the camera or a name tells: `+1h` where the clock was an hour slow, `-30 min` where it was fast.',
    ),
  'tell immich': z
    .boolean()
    .default(false)
    .describe(
      '`true`: a small sidecar goes along with each picture that Immich would show at another time, unless one of yours does. Otherwise only albums, tags and rules go by the corrected time, and `why` shows both.',
    ),
}).superRefine(({ is, add, 'tell immich': isForImmich }, context) => {
  if (is === undefined && add === undefined && !isForImmich) {
    context.addIssue('This says nothing of the clock: write is: local, add: +1h, or tell immich: true.');
  }
});

const oneClock = { camera: undefined, is: undefined, add: undefined, 'tell immich': false } as const;
const wholeClock = z.union([
  clockWord.transform((word) => (word === 'local' ? { ...oneClock, is: word } : { ...oneClock, add: word })),
  clock,
  z
    .array(clock)
    .nonempty('is empty: say what is wrong with a clock, or leave the line out.')
    .meta({ examples: [[{ camera: 'HERO*', is: 'local' }]] }),
]);

const album = block('a setting of an album', {
  name: template.optional().describe('The name, with blanks to fill in.'),
  adopt: z
    .boolean()
    .optional()
    .describe(
      'With `name`. `true`: an album of this name that is there already may be used. Otherwise Homeroll makes its own and leaves that one alone.',
    ),
  calendar: entity('calendar.family', 'calendar')
    .optional()
    .describe(
      'A calendar of Home Assistant: what is taken during an entry joins the album "Birthday, 14 June 2026". Where two overlap the shorter wins.',
    ),
  only: title
    .optional()
    .describe(
      'With `calendar`. Only entries with this in their title: `birthday`, or a regular expression between slashes, `/birthday|holiday/i`. Left out: all.',
    ),
}).superRefine((written, context) => {
  const { name, calendar } = written;
  if ((name === undefined) === (calendar === undefined)) {
    context.addIssue('An album is one of { name: … }, { calendar: … }: each is an entry of its own.');
    return;
  }
  const strange = name === undefined ? 'adopt' : 'only';
  if (written[strange] === undefined) return;
  context.addIssue({ code: 'custom', path: [strange], message: `goes with "${name === undefined ? 'name' : 'calendar'}": leave it out.` });
});

export const albumTemplates = z
  .array(z.union([template.transform((name) => ({ name, adopt: false, calendar: undefined, only: undefined })), album]))
  .meta({ examples: [['{year}/{month-name}']] });

export const tagTemplates = z.array(template).meta({ examples: [['from/{source}']] });

export const ignoring = block('a setting of `ignore`', {
  not: z
    .array(leftAlone)
    .meta({ examples: [['.snapshots']] })
    .describe('Names out of the table below that are backed up all the same, spelled as there: `[".snapshots"]`.'),
});

export const nomedia = z.enum(['respect', 'ignore']);

const sampleText = z
  .string()
  .regex(/^sample\s/)
  .meta({ examples: ['sample 5%'] })
  .transform((written) => ({ sample: written.replace(/^sample\s+/, '') }))
  .pipe(z.strictObject({ sample: share }));

export const source = block('a setting of a source', {
  name: text
    .meta({ examples: ["Anna's phone"] })
    .describe('What you call it, in messages and numbers. You may rename it: by its `folder` it is known as the same source.'),
  folder: place
    .meta({ examples: ['/media/phones/anna'] })
    .describe(
      'The folder to look after, with all folders in it. A relative one starts beside this file. While it is not there the source is away: nothing counts as deleted.',
    ),
  account: text.optional().describe('Whose library the pictures go to: a name under `accounts`. May be left out when there is only one.'),
  when: z
    .union([z.enum(['new media', 'manual']), whenBlock])
    .default('new media')
    .describe(
      'When to work: `new media` (as pictures arrive), `manual` (when you say so), by a schedule (`{ schedule: "30 2 * * *" }`), or when somebody comes or goes (`{ everyone: away }`; see below).',
    ),
  'only while': whileBlock
    .optional()
    .describe('Its files move on only while this is so: `{ everyone: away }`. What is noticed meanwhile waits, and `why` says for what.'),
  only: z
    .array(z.enum(['photos', 'videos']))
    .nonempty('names nothing: write photos, videos, or both.')
    .default(['photos', 'videos'])
    .describe('Which kinds are wanted.'),
  extensions: z
    .array(extension)
    .nonempty('is empty: name an extension, or leave the line out.')
    .optional()
    .describe('Only files with these extensions, such as `[jpg, heic]`. Left out: all that Immich takes.'),
  include: z
    .array(path)
    .nonempty('is empty: write a pattern, or leave the line out.')
    .optional()
    .describe('Only files that match one of these patterns.'),
  skip: z
    .array(z.union([path, conditions]))
    .default([])
    .meta({ examples: [['*.gif', { 'smaller than': '20 kB' }]] })
    .describe('What is not wanted: patterns, and conditions in braces (see below). The first that fits decides.'),
  ignore: ignoring
    .optional()
    .describe(
      'Bins, snapshots and what other programs keep for themselves are left alone by the names below. `{ not: [".snapshots"] }` takes names back. Replaces the `ignore` for all sources.',
    ),
  nomedia: nomedia
    .optional()
    .describe(
      'Android hides a folder from galleries if a `.nomedia` lies in it. `respect`: such a folder is left alone, with all below. `ignore`: it is backed up like any other. Left out: as for all sources.',
    ),
  settle: duration('10 s', 0, '0 s').prefault('10 s').describe('How long a file must stand still before it counts as finished.'),
  clock: wholeClock
    .optional()
    .meta({ examples: ['+1h', { camera: 'HERO*', is: 'local' }] })
    .describe(
      'What is wrong with the clocks of its cameras: `+1h` (they were an hour slow), `-30 min` (half an hour fast), `local` (movies tell the wall clock), or the settings below, one or a list of them. The first that fits decides.',
    ),
  proof: z
    .union([
      z.enum(['every', 'checksum']),
      sampleText,
      block('a setting of `proof`', { sample: share.describe('The share of files that is read back; always the same ones.') }),
    ])
    .default('every')
    .describe(
      'What makes a file done: `every` (each one is read back), `sample 5%` (a share of them is), `checksum` (Immich says it has it; nothing is read back).',
    ),
  albums: albumTemplates.optional().describe('Albums to file pictures in. Replaces the `albums` for all sources; `[]` for none.'),
  tags: tagTemplates.optional().describe('Tags to set; `/` makes levels. Replaces the `tags` for all sources; `[]` for none.'),
  'sweep every': duration('5 minutes', 1_000, '1 s')
    .optional()
    .describe(
      'How often the whole folder is walked. Left out: every 5 minutes for network shares, hourly for local folders, every 15 minutes for local ones that the system does not let us watch.',
    ),
  identity: z
    .enum(['auto', 'local', 'network'])
    .default('auto')
    .describe(
      'Whether the filesystem keeps inodes, as local ones other than FAT do. `auto` looks at its kind; `network` trusts size and time only.',
    ),
});

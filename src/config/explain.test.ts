import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDocument } from './document.ts';
import { parseTree } from './explain.ts';
import { inOrder, problemText } from './problem.ts';

/** What is said of a text, as far as the text alone can tell. */
function refusals(text: string): readonly string[] {
  const { tree, problems, lineOf } = readDocument(text, 'homeroll.yaml');
  if (problems.length > 0) return problems.map(problemText);
  const { faults } = parseTree(tree);
  return inOrder(faults.map(({ path, sentence }) => ({ file: 'homeroll.yaml', line: lineOf(path), sentence }))).map(problemText);
}

const head = 'immich: { url: http://immich.local:2283, accounts: { me: { key: k } } }\n';
const source = (line: string): string => `${head}sources:\n  - name: A\n    folder: a\n    ${line}\n`;

describe('a line of a source is refused', () => {
  for (const [line, sentence] of [
    ['skip: [{ smaler than: 20 kB }]', '"smaler than" is not a rule. Did you mean "smaller than"?'],
    [
      'skip: [{ weight: 20 kB }]',
      '"weight" is not a rule. There is "smaller than", "larger than", "taken before", "taken after", "file before", "file after", "camera".',
    ],
    ['skip: [{ smaller than: 20 apples }]', '"20 apples" is not a size. Write a number and a unit, such as 20 kB or 4 GB.'],
    ['ignore: { not: [".snapshot s"] }', '".snapshot s" is not one of the names that are left alone. Did you mean ".snapshots"?'],
    ['ignore: { not: [".Trash-1000"] }', '".Trash-1000" is left alone as one of ".Trash-*". Write that: not: [".Trash-*"].'],
    [
      'ignore: { not: ["holidays"] }',
      '"holidays" is not one of the names that are left alone. homeroll doctor says which of them your folders hold.',
    ],
    ['ignore: { nott: [] }', '"nott" is not a setting of `ignore`. Did you mean "not"?'],
    ['skip: [{ smaller than: 20 }]', '"smaller than" needs a unit, as in: smaller than: 20 kB'],
    ['skip: [{ taken before: 2001-02-30 }]', '"2001-02-30" is not a date. Write year-month-day, such as 2001-01-31.'],
    ['skip: [{ file after: 1.2.2024 }]', '"1.2.2024" is not a date. Write year-month-day, such as 2001-01-31.'],
    ['skip: [{ camera: "GoPro[" }]', '"GoPro[": a bracket is not closed.'],
    ['skip: [{}]', 'This rule is empty: write a condition, such as { smaller than: 20 kB }.'],
    [
      'skip: [{ smaller than: 1 kB, camera: X }]',
      'A rule has one condition: write { smaller than: … } and { camera: … } as rules of their own.',
    ],
    ['skip: [smaller than 20 kB]', '"smaller than 20 kB": a rule is written in braces, { smaller than: … }.'],
    ['skip: [7]', '"7" is not possible for "skip": write "*.gif" or { smaller than: … }.'],
    ['skip: "*.gif"', '"skip" must be a list, as in: skip: ["*.gif", { smaller than: 20 kB }]'],
    ['include: ["/DCIM/*"]', '"/DCIM/*": a pattern is relative to the folder: leave out the "/" it begins with.'],
    ['include: []', '"include" is empty: write a pattern, or leave the line out.'],
    ['only: [photo]', '"photo" is not possible for "only". Did you mean "photos"?'],
    ['only: []', '"only" names nothing: write photos, videos, or both.'],
    ['extensions: ["*.jpg"]', '"*.jpg" is not an extension. Write it without dot and star, such as jpg.'],
    ['when: newmedia', '"newmedia" is not possible for "when". Did you mean "new media"?'],
    ['when: often', '"often" is not possible for "when": write new media, manual or { schedule: … }.'],
    ['when: { schedule: "61 * * * *" }', '"61 * * * *" is not a schedule: Invalid value for minute: 61.'],
    [
      'when: { schedule: "0 30 2 * * *" }',
      '"0 30 2 * * *" is not a schedule: a schedule has five fields: minute, hour, day, month, weekday.',
    ],
    ['when: { schedule: "0 0 30 2 *" }', '"0 0 30 2 *" is not a schedule: that day never comes.'],
    ['when: { schedul: "30 2 * * *" }', '"schedul" is not a setting of `when`. Did you mean "schedule"?'],
    ['when: { schedule: "30 2 * * *", everyone: away }', '"when" has "schedule" and "everyone": leave all but one of them out.'],
    [
      'when: { schedule: "30 2 * * *", time zone: Berlin }',
      '"Berlin" is not a time zone. Write one as in Europe/Berlin or America/New_York.',
    ],
    ['when: { arrives: anna }', '"anna" is not an entity of Home Assistant. Write it as it stands there, such as person.anna.'],
    ['when: { everyone: gone }', '"gone" is not possible for "everyone": write away.'],
    ['when: {}', '"when" needs one of { schedule: … }, { arrives: … }, { leaves: … }, { everyone: … }, { someone: … }, { entity: … }.'],
    ['when: { entity: input_boolean.backup }', '"when" needs both "entity" and "is", as in: { entity: input_boolean.backup, is: on }'],
    [
      'only while: { schedule: "30 2 * * *" }',
      '"schedule" is not a setting of `only while`. There is "everyone", "someone", "entity", "is", "for".',
    ],
    ['only while: { everyone: away, for: 5 }', '"for" needs a unit, as in: for: 5 minutes'],
    ['settle: 10', '"settle" needs a unit, as in: settle: 10 s'],
    ['settle: soon', '"soon" is not a span of time. Write a number and a unit, such as 10 s.'],
    ['sweep every: 1 ms', '"1 ms" is too short: at least 1 s.'],
    [
      'clock: 1h',
      '"1h" does not say which way. Write +1h where the clock was slow, -1h where it was fast, or local where movies tell the wall clock.',
    ],
    [
      'clock: utc',
      '"utc" is nothing to set a clock by. Write +1h where it was an hour slow, -30 min where it was fast, or local where movies tell the wall clock.',
    ],
    ['clock: +1', '"1" is not possible for "clock": write +1h, { camera: … } or [{ camera: "HERO*", is: local }].'],
    ['clock: {}', 'This says nothing of the clock: write is: local, add: +1h, or tell immich: true.'],
    ['clock: []', '"clock" is empty: say what is wrong with a clock, or leave the line out.'],
    ['clock: { camera: "HERO*" }', 'This says nothing of the clock: write is: local, add: +1h, or tell immich: true.'],
    ['clock: { camera: "HERO*", is: utc }', '"utc" is not possible for "is": write local.'],
    ['clock: { add: 1h }', '"1h" does not say which way. Write +1h where the clock was slow, -1h where it was fast.'],
    ['clock: { add: +1 }', '"add" needs a unit, as in: add: +1h'],
    ['clock: { camra: "HERO*", is: local }', '"camra" is not a setting of `clock`. Did you mean "camera"?'],
    ['clock: { is: local, tell immich: maybe }', '"tell immich" must be true or false.'],
    ['clock: [{ is: local }, { add: 2h }]', '"2h" does not say which way. Write +2h where the clock was slow, -2h where it was fast.'],
    ['clock: [+1h]', 'An entry of "clock" must be a block of settings, as in: { camera: … }'],
    ['proof: sometimes', '"sometimes" is not possible for "proof": write every, checksum, sample 5% or { sample: … }.'],
    ['proof: sample 0%', '"0%" is not a share. Write a percentage above 0, such as 5%.'],
    ['proof: { sample: 200% }', '"200%" is not a share. Write a percentage above 0, such as 5%.'],
    ['albums: ["{yeer}"]', '"{yeer}" is not known. Did you mean "{year}"?'],
    ['albums: ["{year"]', '"{year": a "{" and its "}" do not match.'],
    ['albums: "{year}"', '"albums" must be a list, as in: albums: ["{year}/{month-name}"]'],
    ['albums: [{ event: ask }]', '"event" is not in this version.'],
    ['albums: [{}]', 'An album is one of { name: … }, { calendar: … }: each is an entry of its own.'],
    ['albums: [{ name: A, calendar: calendar.a }]', 'An album is one of { name: … }, { calendar: … }: each is an entry of its own.'],
    [
      'albums: [{ calendar: family }]',
      '"family" is not an entity of Home Assistant. Write it as it stands there, such as calendar.family.',
    ],
    ['albums: [{ name: A, only: trip }]', '"only" goes with "calendar": leave it out.'],
    ['albums: [{ calendar: calendar.a, adopt: true }]', '"adopt" goes with "name": leave it out.'],
    [
      'albums: [{ calendar: calendar.a, only: "/trip" }]',
      '"/trip": a pattern between slashes ends with "/", or with "/i" where capitals do not count.',
    ],
    ['albums: [{ calendar: calendar.a, only: "/(a+)+/" }]', '"/(a+)+/": a repetition of a repetition may take for ever: repeat once.'],
    ['albums: [{ name: Old, adopt: maybe }]', '"adopt" must be true or false.'],
    ['tags: ["from/{sorce}"]', '"{sorce}" is not known. Did you mean "{source}"?'],
    ['identity: nfs', '"nfs" is not possible for "identity": write auto, local or network.'],
    ['share: { with: [ben], as: viewer }', '"share" is not in this version.'],
    ['after: { move to trash: 30 days after proven }', '"after" is not in this version.'],
    ['acount: me', '"acount" is not a setting of a source. Did you mean "account"?'],
    ['account:', '"account" is empty: give it a value, or leave the line out.'],
    ['account: 7', '"account" must be text: put it in quotes.'],
  ] as const) {
    it(line, () => assert.deepEqual(refusals(source(line)), [`homeroll.yaml:5: ${sentence}`]));
  }
});

describe('a line outside the sources is refused', () => {
  for (const [line, sentence] of [
    ['time zone: Europe/Berln', '"Europe/Berln" is not a time zone. Write one as in Europe/Berlin or America/New_York.'],
    ['timezone: UTC', '"timezone" is not a setting. Did you mean "time zone"?'],
    ['language: de', '"de" is not in this version: write en.'],
    ['log: verbose', '"verbose" is not possible for "log": write info or debug.'],
    ['events: [{ name: A, from: 2024-07-20, to: 2024-07-14 }]', '"2024-07-14" is before 2024-07-20, the day it begins.'],
    ['events: [{ name: A }]', '"from" is missing, as in: from: 2001-01-01'],
    ['tell: ["ntfy://ntfy.sh/x"]', '"ntfy://ntfy.sh/x" is not possible for "tell": write log or { ntfy: … }.'],
    ['tell: [logs]', '"logs" is not possible for "tell". Did you mean "log"?'],
    [
      'tell: [{ phone: mobile_app_anna }]',
      '"mobile_app_anna" is not an entity of Home Assistant. Write it as it stands there, such as notify.mobile_app_anna.',
    ],
    ['tell: [{ phone: notify.a, volume: 5 }]', '"volume" is not for a phone: leave it out.'],
    [
      'tell: [{ digest: "20:00" }]',
      'A way to tell is one of { ntfy: … }, { gotify: … }, { discord: … }, { telegram: … }, { email: … }, { apprise: … }, { phone: … }, { speaker: … }, { webhook: … }: each is an entry of its own.',
    ],
    ['tell: [{ phone: notify.a, digest: noon }]', '"noon" is not a time of day. Write hours and minutes in quotes, such as "20:00".'],
    ['tell: [{ speaker: media_player.a, volume: 200 }]', '"volume" is a number from 0 to 100.'],
    [
      'tell: [{ webhook: ntfy.example }]',
      '"webhook" is not an address. Write one that begins with http:// or https://, such as http://immich.local:2283.',
    ],
    [
      'mqtt: { url: "http://broker" }',
      '"url" is not the address of a broker. Write one that begins with mqtt:// or mqtts://, such as mqtt://homeassistant.local:1883.',
    ],
    ['mqtt: { url: "mqtt://broker", topic: "#" }', '"topic" is not a topic: write a name without blanks, "#" and "+", such as homeroll.'],
    ['home assistant: { url: "http://h:8123" }', '"token" is missing.'],
    ['albums: [[x]]', 'This is not possible for "albums": write "{year}/{month-name}" or { name: … }.'],
    ['tags: [{ a: b }]', 'An entry of "tags" must be text.'],
    ['verify every: sometimes', '"sometimes" is not a span of time. Write a number and a unit, such as 90 days.'],
    ['verify every: 2 hours', '"2 hours" is too short: at least 1 day.'],
    ['quiet hours: at night', '"at night" are no hours of a night. Write from when to when, such as "01:00-06:00".'],
  ] as const) {
    it(line, () => assert.deepEqual(refusals(`${head}sources: [{ name: A, folder: a }]\n${line}\n`), [`homeroll.yaml:3: ${sentence}`]));
  }
});

describe('the block "immich" is refused', () => {
  for (const [block, ...sentences] of [
    ['immich:', '"immich" is empty: give it a value.'],
    [
      'immich: {}',
      '"url" is missing, as in: url: http://immich.local:2283',
      '"accounts" is missing, as in: accounts: { anna: { key: !secret anna_immich_key } }',
    ],
    [
      'immich: { url: immich.local, accounts: { me: { key: k } } }',
      '"url" is not an address. Write one that begins with http:// or https://, such as http://immich.local:2283.',
    ],
    ['immich: { url: http://i, accounts: {} }', '"accounts" names no account, as in: anna: { key: !secret anna_immich_key }'],
    ['immich: { url: http://i, accounts: { me: {} } }', '"me" has no key, as in: key: !secret my_immich_key'],
    ['immich: { url: http://i, accounts: { me: { key: k, key_file: f } } }', '"me" has both key and key_file: leave one of them out.'],
    ['immich: { url: http://i, accounts: { me: { key: 123 } } }', '"key" must be text: put it in quotes.'],
    ['immich: { url: http://i, accounts: { me: { kee: k } } }', '"kee" is not a setting of an account. Did you mean "key"?'],
  ] as const) {
    it(block, () =>
      assert.deepEqual(
        refusals(`${block}\nsources: [{ name: A, folder: a }]\n`),
        sentences.map((sentence) => `homeroll.yaml:1: ${sentence}`),
      ),
    );
  }
});

it('an entry that is no block is not told as if the list were wrong', () =>
  assert.deepEqual(refusals(`${head}sources: [A]\n`), [
    'homeroll.yaml:2: An entry of "sources" must be a block of settings, as in: { name: … }',
  ]));

it('a required line without a value is not told to be left out', () =>
  assert.deepEqual(refusals(`${head}sources:\n`), [
    'homeroll.yaml:2: "sources" is empty, as in: sources: [{ name: Scanner, folder: /mnt/nas/scans }]',
  ]));

it('all that is wrong is told together, in the order of the lines', () =>
  assert.deepEqual(refusals(`imich: {}\nsources:\n  - name: A\n    settle: soon\n  - folder: 7\n    when: ofen\n`), [
    'homeroll.yaml:1: "imich" is not a setting. Did you mean "immich"?',
    'homeroll.yaml:3: "folder" is missing, as in: folder: /media/phones/anna',
    'homeroll.yaml:4: "soon" is not a span of time. Write a number and a unit, such as 10 s.',
    'homeroll.yaml:5: "name" is missing, as in: name: Anna\'s phone',
    'homeroll.yaml:5: "folder" must be text: put it in quotes.',
    'homeroll.yaml:6: "ofen" is not possible for "when": write new media, manual or { schedule: … }.',
  ]));

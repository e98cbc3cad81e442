/** Each receiver gets its news in its maker's own form, over real HTTP; whatever it answers, nothing secret is told of it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Scene, scenes } from '../../test/kit/receivers/scenes.ts';
import { type Reply, StandIn } from '../../test/kit/receivers/stand-in.ts';
import { Telling } from '../../test/kit/telling.ts';
import { systemClock } from '../kernel/index.ts';
import { httpAsk, type Picture, smtpMail } from './index.ts';

const noon = Date.parse('2026-07-05T10:00:00Z');
const hour = 3_600_000;
const awkward = 'Anna\'s "best" *film* <@everyone> & Größe 📷\nand _more_';
const picture: Picture = { type: 'image/jpeg', bytes: Buffer.from('ffd8ffe0001122', 'hex') };

async function open(scene: Scene, more: Parameters<Scene['teller']>[1] = {}) {
  const standIn = await new StandIn(scene.rules).open();
  const telling = new Telling([scene.teller(standIn.url, more)], noon);
  const asked: (readonly string[])[] = [];
  telling.receivers = {
    ask: httpAsk({ clock: systemClock, userAgent: 'homeroll/test', answerMs: 5_000 }),
    mail: smtpMail(),
    pictureOf: async (sources) => {
      asked.push(sources);
      return picture;
    },
  };
  return {
    standIn,
    telling,
    asked,
    [Symbol.asyncDispose]: async () => {
      telling[Symbol.dispose]();
      await standIn[Symbol.asyncDispose]();
    },
  };
}

for (const scene of scenes) {
  describe(`${scene.kind}, told of news`, () => {
    const refuse = (reply: Reply) => () => reply;

    it("is told once, in its maker's form, whatever stands in the names", async () => {
      await using house = await open(scene);
      house.telling.put('lost before safe', { source: 'Phone' }, awkward);
      await house.telling.bring();
      await house.telling.bring();
      assert.deepEqual(house.standIn.broken, []);
      assert.deepEqual(
        house.standIn.shown.map(({ title, text, isQuiet }) => [title, text, isQuiet]),
        [['Phone', awkward, false]],
      );
      assert.equal(house.telling.isAnythingWaiting(), false);
    });

    it('makes no sound for what needs nobody, and says pictures of one source in one sentence', async () => {
      await using house = await open(scene);
      house.telling.putBatch('Phone', 2);
      house.telling.putBatch('Phone', 3);
      await house.telling.bring();
      assert.deepEqual(
        house.standIn.shown.map(({ text, isQuiet }) => [text, isQuiet]),
        [['5 photos from Phone are safe.', true]],
      );
    });

    it('gets pictures of the day in one message where it wants a digest, and problems at once', async () => {
      await using house = await open(scene, { digestAt: '20:00' });
      house.telling.putBatch('Phone', 2);
      house.telling.putBatch('Scanner', 1);
      house.telling.put('source away', { source: 'Scanner' }, 'Scanner is away.');
      await house.telling.bring();
      assert.deepEqual(
        house.standIn.shown.map(({ text }) => text),
        ['Scanner is away.'],
      );
      house.telling.nowMs = Date.parse('2026-07-05T18:00:01Z');
      await house.telling.bring();
      assert.deepEqual(
        house.standIn.shown.slice(1).map(({ title, text }) => [title, text]),
        [['Homeroll', '2 photos from Phone and 1 photo from Scanner are safe.']],
      );
    });

    it('takes a message of any length, cut to what it allows', async () => {
      await using house = await open(scene);
      house.telling.put('proof failed', { source: 'Phone' }, `${'*Größe* 📷 "quoted" '.repeat(2_000)}end`);
      await house.telling.bring();
      assert.deepEqual(house.standIn.broken, []);
      assert.equal(house.standIn.shown.length, 1);
    });

    it('is sent no picture unless the owner asked for it', async () => {
      await using house = await open(scene);
      house.telling.putBatch('Phone', 1);
      await house.telling.bring();
      assert.deepEqual([house.asked, house.standIn.shown[0]?.picture], [[], undefined]);
    });

    it('says why it refuses and what to do, once, and is given up after a day', async () => {
      await using house = await open(scene);
      house.standIn.replyTo = refuse(scene.refusal);
      house.telling.put('lost before safe', { source: 'Phone' }, 'Lost.');
      await house.telling.bring();
      assert.equal(house.telling.lines.length, 1);
      assert.match(house.telling.lines.join(), scene.refusal.told);
      house.telling.nowMs += 25 * hour;
      await house.telling.bring();
      assert.match(house.telling.lines.at(-1) ?? '', /is given up/);
      assert.deepEqual([house.standIn.received.length, house.telling.isAnythingWaiting()], [2, false]);
    });

    it('is left alone as long as it asks, with all that waits for it', async () => {
      await using house = await open(scene);
      house.standIn.replyTo = refuse({ status: 429, headers: { 'Retry-After': '1200' }, body: {} });
      house.telling.put('lost before safe', { source: 'Phone' }, 'One.');
      house.telling.put('lost before safe', { source: 'Phone' }, 'Two.');
      await house.telling.bring();
      house.telling.nowMs += 1_190_000;
      await house.telling.bring();
      assert.equal(house.standIn.received.length, 1);
      house.standIn.replyTo = undefined;
      house.telling.nowMs += 11_000;
      await house.telling.bring();
      assert.deepEqual(house.standIn.shown.map(({ text }) => text).toSorted(), ['One.', 'Two.']);
    });

    for (const [what, reply] of [
      ['has an error of its own', { status: 500 }],
      ['is behind a proxy that finds it away', { status: 502 }],
      ['hangs up', 'hang up'],
    ] as const) {
      it(`is told later when it ${what}, however long that lasts`, async () => {
        await using house = await open(scene);
        house.standIn.replyTo = () => reply;
        house.telling.put('lost before safe', { source: 'Phone' }, 'Lost.');
        for (let days = 0; days < 3; days++) {
          await house.telling.bring();
          house.telling.nowMs += 24 * hour;
        }
        house.standIn.replyTo = undefined;
        await house.telling.bring();
        assert.deepEqual(
          house.standIn.shown.map(({ text }) => text),
          ['Lost.'],
        );
      });
    }

    it('is not followed to another address, which would get the token', async () => {
      await using elsewhere = await new StandIn(scene.rules).open();
      await using house = await open(scene);
      house.standIn.replyTo = refuse({ status: 307, headers: { Location: `${elsewhere.url}/` } });
      house.telling.put('lost before safe', { source: 'Phone' }, 'Lost.');
      await house.telling.bring();
      assert.equal(elsewhere.received.length, 0);
      assert.match(house.telling.lines.join(), /has moved \(status 307\): put its new address into "tell"/);
    });

    for (const status of [400, 401, 404, 413, 429, 500]) {
      it(`keeps what is secret out of the log and the journal when it repeats that with status ${status}`, async () => {
        await using house = await open(scene);
        for (const secret of scene.secrets) {
          const echo = `no access with ${secret} here`;
          const body = { error: echo, errorDescription: echo, message: echo, description: echo, details: echo };
          house.standIn.replyTo = refuse({ status, body });
          house.telling.put('lost before safe', { source: 'Phone' }, 'Lost.');
          await house.telling.bring();
        }
        assertHidden(scene, house.telling);
      });
    }

    it('keeps what is secret out of the log and the journal when it cannot be reached', async () => {
      await using house = await open(scene);
      await house.standIn[Symbol.asyncDispose]();
      house.telling.put('lost before safe', { source: 'Phone' }, 'Lost.');
      await house.telling.bring();
      assert.match(house.telling.lines.join(), /cannot be reached \(ECONNREFUSED\)/);
      assertHidden(scene, house.telling);
    });

    if (!scene.takesPictures) return;

    it('gets a picture of its own sources where the owner asked for it, with what became safe and nothing else', async () => {
      await using house = await open(scene, { isPictureSent: true });
      house.telling.putBatch('Phone', 1);
      house.telling.put('source away', { source: 'Scanner' }, 'Scanner is away.');
      await house.telling.bring();
      assert.deepEqual(house.standIn.broken, []);
      assert.deepEqual(house.asked, [['Phone']]);
      assert.deepEqual(
        house.standIn.shown.map(({ text, picture: shown }) => [text, shown?.equals(picture.bytes)]),
        [
          ['1 photos from Phone are safe.', true],
          ['Scanner is away.', undefined],
        ],
      );
    });

    it('is told without the picture when it does not want that', async () => {
      await using house = await open(scene, { isPictureSent: true });
      house.standIn.replyTo = ({ body }) => (body.includes(picture.bytes) ? { status: 413, body: { error: 'too large' } } : undefined);
      house.telling.putBatch('Phone', 1);
      await house.telling.bring();
      assert.deepEqual(
        house.standIn.shown.map(({ text, picture: shown }) => [text, shown]),
        [['1 photos from Phone are safe.', undefined]],
      );
      assert.deepEqual(house.telling.lines, []);
    });
  });
}

/** Neither said, nor anywhere in the journal's files. */
function assertHidden({ secrets }: Scene, { kept, lines }: Telling): void {
  const files = readdirSync(kept.stateFolder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const said = [...lines.map((line) => Buffer.from(line)), ...files.map(({ name }) => readFileSync(join(kept.stateFolder, name)))];
  for (const secret of secrets) assert.ok(!said.some((bytes) => bytes.includes(secret)), lines.join());
}

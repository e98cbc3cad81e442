/** Bytes whose fate nobody knows are not sent a second time before Immich was asked whether it has them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';

/** What was asked about the bytes themselves, in order. */
function aboutBytes(home: TestHousehold): readonly string[] {
  const names: Readonly<Record<string, string>> = { 'POST /api/assets': 'sent', 'POST /api/assets/bulk-upload-check': 'asked' };
  return home.asked.flatMap((question) => names[question] ?? []);
}

describe('an upload that a proxy answered', () => {
  for (const status of [502, 503, 504]) {
    const fault = { kind: 'status', status, body: 'html' } as const;

    it(`with ${status} while Immich is away is asked about before it is sent again`, async () => {
      // The first ping is at the start.
      const faults = [
        { endpoint: 'POST /assets', nth: 1, fault } as const,
        { endpoint: 'GET /server/ping', from: 2, count: 2, fault } as const,
      ];
      await using home = await TestHousehold.open({ faults });
      await home.write('a.jpg');
      await home.once({ patienceMs: 3_600_000 });
      assert.match(home.warnings.join(), /Immich is away/);
      assert.equal(home.state('a.jpg'), 'safe');
      assert.deepEqual(aboutBytes(home).slice(0, 4), ['asked', 'sent', 'asked', 'sent']);
    });

    it(`with ${status} in two accounts is asked about in each of them`, async () => {
      const faults = [
        { endpoint: 'POST /assets', count: 2, fault } as const,
        { endpoint: 'GET /server/ping', from: 3, count: 2, fault } as const,
      ];
      const sources = [{}, { name: 'Tablet', account: 'ben' }];
      await using home = await TestHousehold.open({ faults, sources });
      for (const source of ['Phone', 'Tablet']) await home.write('a.jpg', 'the same', source);
      await home.once({ patienceMs: 3_600_000 });
      assert.deepEqual([home.state('a.jpg'), home.state('a.jpg', 'Tablet')], ['safe', 'safe']);
      const [first, ...rest] = aboutBytes(home)
        .join(' ')
        .split(/(?<=sent.*sent.*sent.*sent)/);
      assert.ok((first?.match(/asked/g)?.length ?? 0) >= 4, `${first}, and then ${rest}`);
    });

    it(`with ${status} while Immich is there is asked about before it is sent again`, async () => {
      await using home = await TestHousehold.open({ faults: [{ endpoint: 'POST /assets', nth: 1, fault }] });
      await home.write('a.jpg');
      await home.once();
      home.clock.leap(3_600_000);
      await home.once();
      assert.equal(home.state('a.jpg'), 'safe');
      assert.deepEqual(aboutBytes(home).slice(0, 4), ['asked', 'sent', 'asked', 'sent']);
    });
  }
});

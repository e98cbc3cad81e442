/** The owner writes other settings while Homeroll runs: they are weighed first, and then gone on with in the same process. */
import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { House } from './house.ts';
import { sha1Of } from './immich-by-hand.ts';
import { until } from './program.ts';
import { held } from './server.ts';

const configOf = (house: House): string => join(house.folder, 'homeroll.yaml');
const phone = { name: 'Phone', folder: 'Phone', account: 'anna', settle: '0 s', albums: ['Holidays'] };
const scanner = { ...phone, name: 'Scanner', folder: 'Scanner' };

async function areSafe(house: House, count: number): Promise<void> {
  await until(async () => {
    const files = await house.files();
    return files.length === count && files.every(({ stage }) => stage === 'safe');
  }, `all ${count} are safe`);
}

const times = (text: string, words: RegExp): number => text.match(words)?.length ?? 0;

describe('settings that change while Homeroll runs', () => {
  it('are refused with the sentence of check-config when they are wrong, and those before stay in force', async () => {
    await using house = await House.open({ sources: [phone] });
    const homeroll = house.start(['run']);
    const content = await house.write('a.jpg');
    await areSafe(house, 1);
    const right = await readFile(configOf(house), 'utf8');
    await writeFile(configOf(house), right.replace('"sources"', '"sorces"'));
    await homeroll.says('those before stay in force. homeroll.yaml:');
    const [sentence = ''] = (await house.say('check-config')).stdout.split('\n');
    // Within a line of JSON, where quotes have a stroke before them.
    assert.ok(homeroll.said.includes(JSON.stringify(sentence).slice(1, -1)), homeroll.said);
    const other = await house.write('b.jpg');
    await until(async () => (await house.immich.assets()).length === 2, 'it goes on as before');
    await writeFile(configOf(house), right);
    await homeroll.says('The settings are right again, and as they were.');
    await areSafe(house, 2);
    const { code, stderr } = await homeroll.kill('SIGTERM');
    assert.equal(code, 0, stderr);
    assert.deepEqual([times(stderr, /settings are wrong/g), times(stderr, /settings have changed/g)], [1, 0], stderr);
    assert.deepEqual(await house.immich.originals(), [content, other].map((text) => sha1Of(text)).toSorted());
  });

  it('are gone on with once, however the editor writes them, and half a file for a moment is no wrong word', async () => {
    await using house = await House.open({ sources: [phone, scanner] });
    await house.configure({ sources: [phone] });
    const homeroll = house.start(['run']);
    await house.write('a.jpg');
    await areSafe(house, 1);
    const before = await readFile(configOf(house), 'utf8');
    await house.configure({ sources: [phone, scanner] });
    const text = await readFile(configOf(house), 'utf8');
    writeFileSync(configOf(house), text.slice(0, text.length / 2));
    await house.write('s.jpg', 'a scan', 'Scanner');
    writeFileSync(`${configOf(house)}.new`, before);
    renameSync(`${configOf(house)}.new`, configOf(house));
    writeFileSync(configOf(house), text);
    await homeroll.says('The settings have changed, and Homeroll goes on with them: source \\"Scanner\\" added.');
    await areSafe(house, 2);
    // The same text once more, and a comment, are nothing.
    writeFileSync(configOf(house), text);
    writeFileSync(configOf(house), `# for all of us\n${text}`);
    await house.write('b.jpg');
    await areSafe(house, 3);
    await house.configure({ sources: [{ ...phone, skip: ['c.jpg'] }] });
    await homeroll.says('source \\"Scanner\\" removed, source \\"Phone\\" changed.');
    await house.write('c.jpg');
    await until(async () => (await house.places())['c.jpg'] === 'unwanted', 'the new rule holds');
    const { code, stderr } = await homeroll.kill('SIGTERM');
    assert.equal(code, 0, stderr);
    assert.deepEqual([times(stderr, /settings are wrong/g), times(stderr, /settings have changed/g)], [0, 2], stderr);
    assert.deepEqual(await house.immich.membersByAlbum(), { Holidays: ['a.jpg', 'b.jpg', 's.jpg'] });
    assert.equal((await house.immich.assets()).length, 3);
  });

  it('bring a new key into use without a restart, from secrets.yaml', async () => {
    await using house = await House.open({ sources: [phone] });
    const oldKey = house.server.keyOf('Anna');
    const secrets = join(house.folder, 'secrets.yaml');
    await writeFile(secrets, `anna_key: ${oldKey}\n`);
    const config = JSON.parse(await readFile(configOf(house), 'utf8'));
    await writeFile(
      configOf(house),
      `immich: { url: "${config.immich.url}", accounts: { anna: { key: !secret anna_key } } }\nstate: state\nsources: ${JSON.stringify([phone])}\n`,
    );
    const homeroll = house.start(['run']);
    const contents = [await house.write('a.jpg')];
    await areSafe(house, 1);
    const { secret } = (await house.immich.ask('POST', '/api-keys', { name: 'second', permissions: ['all'] })) as { secret: string };
    const { id } = (await house.immich.ask('GET', '/api-keys/me')) as { id: string };
    await house.immich.ask('DELETE', `/api-keys/${id}`);
    contents.push(await house.write('b.jpg'));
    await homeroll.says('does not accept the key');
    await writeFile(secrets, `anna_key: ${secret}\n`);
    await homeroll.says('goes on with them: key of account \\"anna\\" changed.');
    await areSafe(house, 2);
    const { code, stderr } = await homeroll.kill('SIGTERM');
    assert.equal(code, 0, stderr);
    assert.ok(!stderr.includes(secret) && !stderr.includes(oldKey), 'no key is told');
    house.server.users = house.server.users.map((user) => (user.name === 'Anna' ? { ...user, key: secret } : user));
    assert.deepEqual(await house.immich.originals(), contents.map((content) => sha1Of(content)).toSorted());
    assert.deepEqual(await house.immich.membersByAlbum(), { Holidays: ['a.jpg', 'b.jpg'] });
  });

  it('let go of an upload in hand, which is then made anew and stored once', async () => {
    await using house = await House.open({ sources: [phone, scanner], faults: [{ endpoint: 'POST /assets', nth: 1, fault: held }] });
    await house.configure({ sources: [phone] });
    const contents = [await house.write('a.jpg'), await house.write('s.jpg', 'a scan', 'Scanner')];
    const homeroll = house.start(['run']);
    await house.server.whenHeld();
    await house.configure({ sources: [phone, scanner] });
    await homeroll.says('source \\"Scanner\\" added.');
    await areSafe(house, 2);
    house.server.letGo();
    const { code, stderr } = await homeroll.kill('SIGTERM');
    assert.equal(code, 0, stderr);
    assert.deepEqual(await house.immich.originals(), contents.map((content) => sha1Of(content)).toSorted());
    assert.deepEqual(await house.immich.membersByAlbum(), { Holidays: ['a.jpg', 's.jpg'] });
  });

  it('are read at SIGHUP, and it is said when nothing is new', async () => {
    await using house = await House.open({ sources: [phone] });
    const homeroll = house.start(['run']);
    await homeroll.says('looks after Phone');
    process.kill(homeroll.pid, 'SIGHUP');
    await homeroll.says('The settings were read again, and are as they were.');
    await house.write('a.jpg');
    await areSafe(house, 1);
    assert.equal((await homeroll.kill('SIGTERM')).code, 0);
  });

  it('that name another state folder, or one that will not do, leave the journal where it is', async () => {
    await using house = await House.open({ sources: [phone] });
    const homeroll = house.start(['run']);
    await house.write('a.jpg');
    await areSafe(house, 1);
    await house.configure({ state: 'elsewhere' });
    await homeroll.says('Another \\"state\\" takes effect at the next start');
    await house.configure({ sources: [{ ...phone, folder: '.' }] });
    await homeroll.says('lies in the folder of line');
    await house.configure();
    await until(() => times(homeroll.said, /takes effect at the next start/g) === 2, 'the old folder is said to count again');
    await mkdir(join(house.folder, 'Phone'), { recursive: true });
    await house.write('b.jpg');
    await areSafe(house, 2);
    const { code, stderr } = await homeroll.kill('SIGTERM');
    assert.equal(code, 0, stderr);
    assert.equal((await house.immich.assets()).length, 2);
  });
});

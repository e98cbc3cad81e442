import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { configPlaces, findConfig } from './find.ts';
import { onDisk } from './surroundings.ts';

describe("the owner's file is looked for", () => {
  const here = resolve('homeroll.yaml');
  for (const { name, environment, user } of [
    { name: 'where XDG says', environment: { XDG_CONFIG_HOME: '/x', HOME: '/home/anna' }, user: '/x' },
    { name: 'at home without XDG', environment: { HOME: '/home/anna' }, user: '/home/anna/.config' },
    { name: 'at home when XDG is no absolute path', environment: { XDG_CONFIG_HOME: 'x', HOME: '/home/anna' }, user: '/home/anna/.config' },
  ]) {
    it(name, () => assert.deepEqual(configPlaces(environment), [here, '/config/homeroll.yaml', `${user}/homeroll/homeroll.yaml`]));
  }

  const findAmong = (...there: string[]) =>
    findConfig({ ...onDisk({ XDG_CONFIG_HOME: '/x' }), exists: (path) => Promise.resolve(there.includes(path)) });
  it('in that order', async () => {
    assert.equal(await findAmong('/x/homeroll/homeroll.yaml', '/config/homeroll.yaml'), '/config/homeroll.yaml');
    assert.equal(await findAmong('/x/homeroll/homeroll.yaml', here), here);
  });
  it('and may be nowhere', async () => assert.equal(await findAmong(), undefined));
});

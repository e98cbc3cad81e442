import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadConfig } from './load.ts';
import { problemText } from './problem.ts';

describe('a password in an address', () => {
  it('is said to stand there for all to read, and is not repeated', async () => {
    const text = `immich:
  url: http://anna:hunter2@immich.local
  accounts: { me: { key: !secret key } }
mqtt: { url: "mqtt://anna:hunter2@broker.local:1883" }
home assistant: { url: "http://anna:hunter2@ha.local:8123", token: !secret key }
sources: [{ name: A, folder: a }]
`;
    const loaded = await loadConfig('/etc/homeroll/homeroll.yaml', {
      environment: {},
      readText: async (path) => (path.endsWith('/secrets.yaml') ? 'key: k' : text),
      realPath: async (path) => path,
      exists: async () => false,
    });
    assert.ok(loaded.kind === 'ok');
    const better = 'stands in this file for all to read: better put it in secrets.yaml and write';
    assert.deepEqual(loaded.notes.map(problemText), [
      `homeroll.yaml:2: The password in the address of Immich ${better} url: !secret immich_url`,
      `homeroll.yaml:5: The password in the address of Home Assistant ${better} url: !secret home_assistant_url`,
      `homeroll.yaml:4: The password in the address of the broker ${better} password: !secret mqtt_password, with the user as user: and neither of them in url:`,
    ]);
    assert.doesNotMatch(JSON.stringify(loaded), /hunter2/);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerJson, scriptedServer } from '../../test/scripted-server.ts';
import { silentLog, systemClock } from '../kernel/index.ts';
import { newestVersion } from './newest-version.ts';

const never = new AbortController().signal;

describe('the newest version', () => {
  for (const { what, status = 200, said, is } of [
    { what: 'is what the registry names', said: { name: 'homeroll', version: '0.2.0' }, is: '0.2.0' },
    { what: 'is not known when there is none of that name', status: 404, said: { error: 'not found' }, is: undefined },
    { what: 'is not known when the answer is another', said: { version: 7 }, is: undefined },
    { what: 'is not known when it is no version', said: { version: '<script>' }, is: undefined },
  ]) {
    it(what, async () => {
      await using server = await scriptedServer((_request, response) => answerJson(response, status, said));
      const lines: string[] = [];
      const complain = (): never => assert.fail('nobody is to be bothered with that');
      const log = { debug: (line: string) => void lines.push(line), info: complain, warn: complain, error: complain };
      assert.equal(await newestVersion({ url: server.url, userAgent: 'homeroll/test', clock: systemClock, log }, never), is);
      assert.equal(lines.length, is === undefined ? 1 : 0);
    });
  }

  it('is not known while nobody answers', async () => {
    const wish = { url: 'http://127.0.0.1:1/', userAgent: 'homeroll/test', clock: systemClock, log: silentLog };
    assert.equal(await newestVersion(wish, never), undefined);
  });
});

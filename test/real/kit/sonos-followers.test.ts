/** A speaker's followers hear of changes in order, whatever happens on the way; or Home Assistant would keep a state that is no longer so. */
import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../wait-for.ts';
import { SonosFollowers } from './sonos-followers.ts';

describe('the followers of a speaker', () => {
  const heard: { readonly sequence: string; readonly text: string }[] = [];
  let answer: (response: ServerResponse) => void;
  let state = '';
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += String(part);
    heard.push({ sequence: String(request.headers.seq), text });
    answer(response);
  });
  const follow = (): SonosFollowers => {
    heard.length = 0;
    const followers = new SonosFollowers(() => state);
    followers.add('AVTransport', `<http://127.0.0.1:${(server.address() as AddressInfo).port}/notify>`);
    return followers;
  };
  before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  after(() => server.close());

  it('are told one event at a time, the next of how things are by then', async () => {
    const waiting: ServerResponse[] = [];
    answer = (response) => waiting.push(response);
    state = 'idle';
    const followers = follow();
    await waitFor('the first event', () => waiting.length === 1);
    for (state of ['playing', 'paused', 'playing again']) followers.tell('AVTransport');
    await sleep(500);
    assert.equal(heard.length, 1);
    waiting.pop()?.end();
    await waitFor('the second event', () => waiting.pop()?.end());
    assert.deepEqual(heard, [
      { sequence: '0', text: 'idle' },
      { sequence: '1', text: 'playing again' },
    ]);
  });

  it('are told one event in place of two that follow at once', async () => {
    answer = (response) => response.end();
    state = 'idle';
    const followers = follow();
    await waitFor('the first event', () => heard.length === 1);
    for (state of ['stopped, with a song', 'playing']) followers.tell('AVTransport');
    await sleep(700);
    assert.deepEqual(
      heard.map(({ text }) => text),
      ['idle', 'playing'],
    );
  });

  it('stay followers when an event does not arrive', async () => {
    answer = (response) => response.destroy();
    state = 'idle';
    const followers = follow();
    await waitFor('the first event', () => heard.length === 1);
    answer = (response) => response.end();
    state = 'playing';
    followers.tell('AVTransport');
    await waitFor('the next event', () => heard.at(-1)?.text === 'playing');
  });

  it('are told of nothing else, nor when they have gone', async () => {
    answer = (response) => response.end();
    const followers = new SonosFollowers(() => state);
    heard.length = 0;
    const id = followers.add('AVTransport', `<http://127.0.0.1:${(server.address() as AddressInfo).port}/notify>`) ?? '';
    await waitFor('the first event', () => heard.length === 1);
    followers.tell('RenderingControl');
    assert.equal(followers.remove(id), true);
    followers.tell('AVTransport');
    await sleep(400);
    assert.equal(heard.length, 1);
    assert.equal(followers.add('AVTransport', ''), undefined);
  });
});

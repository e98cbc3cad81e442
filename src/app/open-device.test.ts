import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Config, MqttConfig } from '../config/index.ts';
import { farewellTo } from './open-device.ts';

const mqtt: MqttConfig = {
  url: new URL('mqtt://a'),
  topic: 'homeroll',
  discovery: 'homeassistant',
  isPictureShown: false,
  isUpdateAsked: false,
};
const next = (change: Partial<MqttConfig> | undefined): Config =>
  ({ ...(change && { mqtt: { ...mqtt, ...change } }) }) as Partial<Config> as Config;

describe('the device at the end of a life', () => {
  for (const { what, config, is } of [
    { what: 'is away when there is no next one', config: undefined, is: 'away' },
    { what: 'goes on in the next', config: next({}), is: 'goes on' },
    { what: 'goes on with other entities', config: next({ isPictureShown: true }), is: 'goes on' },
    { what: 'is taken back for another topic', config: next({ topic: 'photos' }), is: 'withdrawn' },
    { what: 'is taken back for another broker', config: next({ url: new URL('mqtt://b') }), is: 'withdrawn' },
    { what: 'is taken back when none is wanted', config: next(undefined), is: 'withdrawn' },
  ]) {
    it(what, () => assert.equal(farewellTo(mqtt, config), is));
  }
});

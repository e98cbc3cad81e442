/** Holds docs/home-assistant.md to the entities, events and topics that there are. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { deviceConfigs } from './discovery.ts';
import { eventTypes } from './entities.ts';
import { wordsIn } from './words.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/home-assistant.md'), 'utf8');
const configs = deviceConfigs({
  mqtt: { topic: 'homeroll', discovery: 'homeassistant', isPictureShown: true },
  sources: [{ name: 'Phone', key: 'phone' }],
  words: wordsIn('en'),
  version: '0.1.0',
  isUpdateShown: true,
  proof: 'every',
  pictureType: 'image/jpeg',
});
const components = [...configs.values()].flatMap((config) => Object.values(config.components));

describe('docs/home-assistant.md', () => {
  it('names every entity with its name, and no other', () => {
    const told = [...page.matchAll(/^\| `([a-z_]+\.homeroll_[a-z_]+)` \| ([^|]+) \|/gm)].map(([, id, name]) => [id, name]);
    assert.deepEqual(
      told,
      components.map(({ default_entity_id: id, name }) => [id, name]),
    );
  });

  it('names every type of event', () => {
    const chapter = page.split('### Events')[1]?.split('###')[0] ?? '';
    assert.deepEqual(
      [...chapter.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, type]) => type),
      eventTypes,
    );
  });

  it('names every topic', () => {
    const chapter = page.split('### Topics')[1]?.split('###')[0] ?? '';
    const topics = components.flatMap((component) =>
      Object.entries(component).flatMap(([key, value]) => (key.endsWith('_topic') ? [String(value)] : [])),
    );
    for (const topic of new Set([...topics, ...configs.keys()])) assert.ok(chapter.includes(`\`${topic}\``), `${topic} is told`);
  });
});

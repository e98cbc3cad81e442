import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { gather, gatherSpoken, type ToldInWords } from './gather-news.ts';

const batch = (source: string, photos: number, more: object = {}): ToldInWords => ({
  kind: 'batch safe',
  text: `${photos} photos from ${source} are safe.`,
  facts: { source, safe: { photos, videos: 0 }, stored: { photos: 0, videos: 0 }, waiting: 0, blocked: 0, ...more },
});
const other = (kind: string, text: string, facts: object = {}): ToldInWords => ({ kind, text, facts: { ...facts } });

describe('several news as one message', () => {
  for (const { name, news, says } of [
    { name: 'one alone in its own words', news: [batch('Phone', 2)], says: '2 photos from Phone are safe.' },
    {
      name: 'sums by source',
      news: [batch('Phone', 200), batch('Scanner', 12), batch('Phone', 14)],
      says: '214 photos from Phone and 12 photos from Scanner are safe.',
    },
    {
      name: 'what is stored, waits and needs somebody apart',
      news: [batch('Phone', 1, { waiting: 2, blocked: 1 }), batch('Scanner', 0, { stored: { photos: 3, videos: 1 } })],
      says: '1 photo from Phone is safe. 3 photos and 1 video from Scanner are stored. 2 from Phone wait. 1 from Phone needs you.',
    },
    {
      name: 'many sources as a few and the rest',
      news: ['A', 'B', 'C', 'D', 'E'].map((source) => batch(source, 2)),
      says: '2 photos from A, 2 photos from B, 2 photos from C and 4 photos from 2 more sources are safe.',
    },
    {
      name: 'of a backlog the newest word',
      news: [
        batch('Phone', 2),
        other('backlog progress', '1 of 9.', { source: 'Scanner' }),
        other('backlog progress', '5 of 9.', { source: 'Scanner' }),
      ],
      says: '2 photos from Phone are safe. 5 of 9.',
    },
    {
      name: 'many others as a number',
      news: [1, 2, 3, 4, 5].map((number) => other('album deleted', `Album ${number} was deleted.`)),
      says: 'Album 1 was deleted. Album 2 was deleted. Album 3 was deleted. And 2 more.',
    },
  ])
    it(name, () => assert.equal(gather(news), says));
});

describe('several news said aloud', () => {
  for (const { name, news, says } of [
    {
      name: 'pictures and a problem',
      news: [
        batch('Phone', 214),
        batch('Scanner', 12),
        other('source away', 'Scanner is away: /mnt/nas is not there.', { source: 'Scanner' }),
      ],
      says: '214 photos from Phone and 12 photos from Scanner are safe. Scanner is away. Nothing counts as deleted.',
    },
    {
      name: 'of what went and came back the last word',
      news: [other('source away', 'x', { source: 'Scanner' }), other('source back', 'Scanner is back and goes on.', { source: 'Scanner' })],
      says: 'Scanner is back and goes on.',
    },
    {
      name: 'no names of files, and no commands',
      news: [
        other('lost before safe', '3 photos left Phone folder before they were safe. They were "a.jpg", "b.jpg" and 1 more.', {
          source: 'Phone',
        }),
        other('proof failed', '"a.jpg" from Phone is not safe: keep it, then `homeroll keep FILE`.', { source: 'Phone', count: 1 }),
      ],
      says: '3 photos left Phone folder before they were safe. 1 picture from Phone is not safe: Immich did not give back the same bytes.',
    },
    { name: 'why a picture needs somebody is for the phone', news: [batch('Phone', 0, { blocked: 1 })], says: '1 from Phone needs you.' },
  ])
    it(name, () => assert.equal(gatherSpoken(news, 300), says));

  it('is never long, and says that there is more', () => {
    const words = fc.array(fc.record({ source: fc.string({ maxLength: 60 }), photos: fc.nat(), blocked: fc.nat(3) }), { minLength: 1 });
    fc.assert(
      fc.property(words, (many) => {
        const said = gatherSpoken(
          many.map(({ source, photos, blocked }) => batch(source, photos, { blocked })),
          300,
        );
        assert.ok(said.length <= 300 + ' And more on your phone.'.length, said);
      }),
    );
    const long = gatherSpoken([batch('a'.repeat(200), 1), other('album deleted', `The album ${'b'.repeat(200)} was deleted.`)], 300);
    assert.match(long, /are safe\. And more on your phone\.$|is safe\. And more on your phone\.$/);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { albumMarker, markerLine, readMarker } from './album-marker.ts';
import type { UserId } from './ids.ts';

const anna = '0b0f8c3e-0000-4000-8000-000000000001' as UserId;
const ben = '0b0f8c3e-0000-4000-8000-000000000002' as UserId;

describe("an album's marker", () => {
  it('is always the same for the same user and name', () => assert.equal(albumMarker(anna, '2024/July'), 'nrn7evez'));
  it('differs for another user', () => assert.notEqual(albumMarker(ben, '2024/July'), albumMarker(anna, '2024/July')));
  it('differs for 20,000 albums', () =>
    assert.equal(new Set(Array.from({ length: 20_000 }, (_, n) => albumMarker(anna, `album ${n}`))).size, 20_000));
  it('stands in a line for people', () => assert.match(markerLine(albumMarker(anna, 'x')), /^Kept by Homeroll · [0-9a-z]{8}$/));
});

describe('a description', () => {
  for (const { name, description, marker } of [
    { name: 'of ours tells the marker', description: 'Kept by Homeroll · 7f3k9q2m', marker: '7f3k9q2m' },
    { name: "tells it below the owner's words", description: 'Our summer.\n\nKept by Homeroll · 7f3k9q2m', marker: '7f3k9q2m' },
    {
      name: 'tells it above them, with blanks and CRLF',
      description: ' Kept by Homeroll · 7f3k9q2m \r\nOur summer.\r\n',
      marker: '7f3k9q2m',
    },
    { name: 'tells the last of several', description: 'Kept by Homeroll · aaaaaaaa\nKept by Homeroll · bbbbbbbb', marker: 'bbbbbbbb' },
    { name: 'that speaks of us is not ours', description: 'It is Kept by Homeroll · 7f3k9q2m', marker: undefined },
    { name: 'with a broken marker is not ours', description: 'Kept by Homeroll · 7f3', marker: undefined },
    { name: 'that is empty is not ours', description: '', marker: undefined },
    { name: 'that is not there is not ours', description: null, marker: undefined },
  ]) {
    it(name, () => assert.equal(readMarker(description), marker));
  }
});

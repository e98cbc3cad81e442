import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askAboutStrangers, tellShownAgain } from './strangers-message.ts';

describe('what is said of videos that lay hidden behind a stranger’s photo', () => {
  it('names one', () =>
    assert.equal(
      tellShownAgain({ source: 'Phone', names: ['IMG_1.MOV'], total: 1 }),
      '1 video from Phone was hidden in Immich behind a photo that only shares its name: an earlier version took the two for a live photo. It is shown again, and filed as any other: "IMG_1.MOV".',
    ));

  it('names a few of several', () =>
    assert.equal(
      tellShownAgain({ source: 'Phone', names: ['a.MOV', 'b.MOV', 'c.MOV'], total: 12 }),
      '12 videos from Phone were hidden in Immich behind photos that only share their names: an earlier version took them for live photos. They are shown again, and filed as any other: "a.MOV", "b.MOV", "c.MOV" and 9 more.',
    ));

  it('asks about many, with samples and both answers', () =>
    assert.equal(
      askAboutStrangers({ source: 'Phone', names: ['a.MOV', 'b.MOV', 'c.MOV'], total: 1200 }),
      '1,200 videos from Phone are hidden in Immich behind photos that only share their names: an earlier version took them for live photos. Some of them: "a.MOV", "b.MOV", "c.MOV" and 1,197 more. `homeroll live-photos` lists all. To see them in Immich again: homeroll live-photos show --source "Phone". To leave them hidden: homeroll live-photos leave --source "Phone".',
    ));
});

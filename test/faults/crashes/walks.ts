/** Killed at every point that a household comes by: a row for each kind of point, several points in each try. */

import { markFound, markRefused } from '../../crashes/asked-about-mark.ts';
import { hiddenStranger } from '../../crashes/hidden-stranger.ts';
import { recordPoints } from '../../crashes/kill.ts';
import { mixedBatch } from '../../crashes/mixed-batch.ts';
import { shareOf, worthACrash } from '../../crashes/points.ts';
import type { Scene } from '../../crashes/scene.ts';
import { keptFromTrash, leftHalf } from '../../crashes/small-scenes.ts';
import { walk, walkInPairs } from '../../crashes/walk.ts';
import type { Fault } from '../fault.ts';

interface Row {
  readonly name: string;
  readonly scene: Scene;
  readonly fits: (point: string) => boolean;
  readonly shares: number;
}

const isCommit = (point: string): boolean => / commit/.test(point);
const isOrder = (point: string): boolean => /^(before|after) [A-Z]+ \//.test(point);
const isSending = (point: string): boolean => point.startsWith('in ');
const isOther = (point: string): boolean => !isCommit(point) && !isOrder(point) && !isSending(point);
// What leads up to these is the same as in a batch.
const isOfTrash = (point: string): boolean => / \/trash| takeOrders/.test(point) || isOrder(point);
const isOfStranger = (point: string): boolean => isOrder(point) || isCommit(point) || point.includes('stranger');
const isOfMark = (point: string): boolean => / takeOrders| noteContent| noticeFiles| closeFolder|sweep|message| way#write/.test(point);
const isOfHalf = (point: string): boolean => isSending(point) || isOrder(point);

const rows: readonly Row[] = [
  { name: 'killed before or after each commit', scene: mixedBatch, fits: isCommit, shares: 8 },
  { name: 'killed before or after each order to Immich', scene: mixedBatch, fits: isOrder, shares: 4 },
  { name: 'killed while a file is on its way', scene: mixedBatch, fits: isSending, shares: 2 },
  { name: 'killed between two steps, or beside a message', scene: mixedBatch, fits: isOther, shares: 2 },
  { name: 'killed while a picture is kept from the trash', scene: keptFromTrash, fits: isOfTrash, shares: 2 },
  { name: 'killed while half of a live photo is left alone', scene: leftHalf, fits: isOfHalf, shares: 2 },
  { name: "killed while a film is shown that lay hidden behind a stranger's photo", scene: hiddenStranger, fits: isOfStranger, shares: 4 },
  { name: 'killed while a mark among wanted pictures is found and asked about', scene: markFound, fits: isOfMark, shares: 2 },
  { name: 'killed while the answer about a mark is carried out', scene: markRefused, fits: isOfMark, shares: 2 },
];

const pairs = { tries: 4, inEach: 5 };

export const walks: readonly Fault[] = [
  ...rows.map(
    ({ name, scene, fits, shares }): Fault => ({
      group: 'crashes',
      name,
      by: 'process',
      tries: shares,
      async strike(seed) {
        const points = worthACrash(await recordPoints(scene)).filter(fits);
        return walk({ scene, points: shareOf(points, { share: seed, of: shares }) });
      },
    }),
  ),
  {
    group: 'crashes',
    name: 'killed, and killed again while it makes up for that',
    by: 'process',
    tries: pairs.tries,
    async strike(seed) {
      return walkInPairs({ scene: mixedBatch, points: worthACrash(await recordPoints(mixedBatch)) }, pairs.inEach, seed);
    },
  },
];

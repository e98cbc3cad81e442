/** Notice: is there something new or changed? Hints are quick, sweeps are the truth. */
export { Keeper, type KeeperParts } from './keeper.ts';
export { forgetLostMounts, lostMounts } from './mounts.ts';
export type { NoticeParts } from './sightings.ts';
export type { Swept } from './sweep.ts';
export { acceptMissing } from './vanish.ts';

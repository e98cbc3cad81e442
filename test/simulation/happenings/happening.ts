/** Something that happens to a household, and how it is carried out. */
import type { Random } from '../../../src/kernel/index.ts';
import type { World } from '../world.ts';

/** @param number names what it makes; the same whatever else happens */
export type Act = (world: World, random: Random, number: number) => void | Promise<void>;

/** Reads what Home Assistant says at the broker when it starts, and what the broker says for it when it is gone. Pure. */
import type { Greeting } from '../desk/index.ts';
import type { Arrived } from './commands.ts';
import { offline, online } from './discovery.ts';
import type { Topics } from './names.ts';

/** Undefined: it is neither. */
export function greetingIn(
  { topic, payload }: Pick<Arrived, 'topic' | 'payload'>,
  { birth, farewell }: Pick<Topics, 'birth' | 'farewell'>,
): Greeting | undefined {
  const said = payload.toString('utf8');
  // Where each has a topic of its own, its words may be any.
  if (birth !== farewell && said !== '') return topic === birth ? 'birth' : topic === farewell ? 'farewell' : undefined;
  if (topic !== birth) return undefined;
  return said === online ? 'birth' : said === offline ? 'farewell' : undefined;
}

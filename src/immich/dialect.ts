/** Which of Immich's two ways of speaking a server understands. */
import type { Dialect, ServerVersion } from './immich.ts';

/** The minor versions each dialect was checked against, by transcript or specification. */
const known: Readonly<Record<Dialect, { readonly from: number; readonly to: number }>> = {
  '2': { from: 5, to: 7 },
  '3': { from: 0, to: 2 },
};

/** A server newer than any we know gets the newest dialect we have, an older one the oldest; both are said to be unknown. */
export function dialectOf(major: number, minor: number, patch: number): ServerVersion {
  const dialect: Dialect = major >= 3 ? '3' : '2';
  const { from, to } = known[dialect];
  return {
    version: `${major}.${minor}.${patch}`,
    dialect,
    isKnown: major === Number(dialect) && minor >= from && minor <= to,
  };
}

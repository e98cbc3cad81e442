/** Named places where a test may end the process; silent in production. */

export interface CrashPoints {
  /** Called between two lines that must not depend on one another surviving. May never return. */
  reach(name: string): void;
}

export const noCrashPoints: CrashPoints = { reach: () => undefined };

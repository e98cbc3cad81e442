/** The command line: one of the doors. */
export type { App, LifeWish, OpenHomeroll, PracticeHousehold, ServedPractice, ServeWish, WorkDone } from './app-port.ts';
export { type CliWorld, runCli } from './program.ts';

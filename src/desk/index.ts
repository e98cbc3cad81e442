/** What people may ask of Homeroll and order it to do. All doors come here, so all show the same words and numbers. */

export { aboutSource, asConfigured } from '../pipeline/index.ts';
export { isOpen, isProblemOver, type NewsAsked, orderAbout, whyNews } from './about-news.ts';
export { type Admitted, type DoctorParts, examine, type Finding, type SecretFile } from './doctor/index.ts';
export { type Causes, causesOf, type ExitCode, exitCodeOf, exitCodes } from './exit-code.ts';
export { type Greeting, type Greetings, greetingsAt, noteGreeting } from './greetings.ts';
export { type Happening, happenedSince } from './happenings.ts';
export { ensureInstallation, installationOf } from './installation.ts';
export { type LastPicture, lastPicture, type SafePicture } from './last-picture.ts';
export { type ListQuestion, listFiles } from './list-files.ts';
export { type Given, giveOrder, noteOrder, type Order } from './orders.ts';
export { type KindOutcome, outcomesByKind, placeInWords } from './outcomes-by-kind.ts';
export { keyOfHome, type Problem, type ProblemQuestion, problemsNow } from './problems.ts';
export { reasonsUndone } from './reasons.ts';
export {
  type AwaitingAnswer,
  type Glance,
  glanceAt,
  hindranceOf,
  type ImmichAnswer,
  isAnythingUndone,
  numbersIn,
  proofNow,
  questionsOf,
  type SourceGlance,
  type SourceStatus,
  type Status,
  seldomLookedAt,
  status,
} from './status.ts';
export { listStrangers, type StrangerLine } from './strangers.ts';
export { noteUnreadable } from './unreadable.ts';
export { type Verification, type VerifiedSource, verification } from './verification.ts';
export { type FileLine, type Place, places, statesMeant } from './whereabouts.ts';
export { type WhyAnswer, whyFile, whyUnknown } from './why.ts';

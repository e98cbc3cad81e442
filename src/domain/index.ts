/** The words as types, and the rules that need nothing but their arguments. */

export { albumMarker, markerLine, readMarker } from './album-marker.ts';
export { type AlbumTemplate, type NamedSpan, type PlannedAlbum, type PlanRules, planAlbums, planTags } from './album-plan.ts';
export {
  type Circumstance,
  entityIs,
  everyoneAway,
  isSo,
  type LastingCircumstance,
  personAway,
  personHome,
  someoneHome,
} from './circumstance.ts';
export { counted, grouped, listed, none, pictures, sum, type Tally } from './counting.ts';
export { didYouMean, guess } from './did-you-mean.ts';
export { formatDuration, parseDuration } from './duration.ts';
export type { FileRecord, MediaNotes, Role, StatKey } from './file.ts';
export { type Glob, globProblem, pathGlob, textGlob } from './glob.ts';
export { tellKeyRefused, tellPermissionMissing, tellQuotaFull } from './hindered.ts';
export {
  type AlbumId,
  type AssetId,
  type FileId,
  type FolderId,
  type Sha1,
  type SourceId,
  sha1,
  sha1FromBase64,
  type TagId,
  type UserId,
} from './ids.ts';
export { eventNames, events, type FileEvent, move } from './journey.ts';
export type { Kind } from './kind.ts';
export {
  askAboutMissing,
  type BacklogNews,
  type BatchNews,
  type Need,
  tellAccountChanged,
  tellAlbumDeleted,
  tellBacklogDone,
  tellBacklogFound,
  tellBacklogProgress,
  tellBatch,
  tellJournalAnew,
  tellLetGo,
  tellLost,
  tellPartAway,
  tellPartBack,
  tellSourceAway,
  tellSourceBack,
} from './message.ts';
export { type Numbers, numbersOf, type StateCount } from './numbers.ts';
export { type Consequence, consequences, type Member, waitsFor } from './picture.ts';
export { isProofAsked, type ProofWish, proofInWords, proofMeant } from './proof-asked.ts';
export { dayAt, type Night, nightAt, parseQuietHours, parseTimeOfDay, type QuietHours } from './quiet-hours.ts';
export { type Condition, type FileFacts, judge, type Rule, type Verdict } from './rule.ts';
export { parseShare } from './share.ts';
export { formatSize, parseSize } from './size.ts';
export {
  type CountedAs,
  countedAs,
  isAtRest,
  isDone,
  isStored,
  type State,
  type StepName,
  stateNames,
  states,
  stepOf,
  type WorkingState,
} from './state.ts';
export { headline, type Progress, progress, type SourceNumbers, standing, summarise } from './summary.ts';
export { type DateOrigin, dateOrigins, type TakenAt } from './taken-at.ts';
export { type Pictured, parseTemplate, type Template, templateProblem } from './template.ts';
export {
  type DueQuestion,
  isDue,
  isInSample,
  isOverdue,
  isQuestion,
  isReadIn,
  type Provable,
  type Round,
  sliceOf,
  slicesIn,
} from './verify-due.ts';
export {
  askAboutRemoved,
  damagedInImmich,
  missingWithOthers,
  onlyCopyDamaged,
  otherAssetNow,
  summariseVerified,
  tellNamelessDamaged,
  tellNothingReadable,
  tellProofFailed,
  unreadableInImmich,
  type VerifiedFacts,
} from './verify-message.ts';

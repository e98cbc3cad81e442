/** The words as types, and the rules that need nothing but their arguments. */

export { albumMarker, markerLine, readMarker } from './album-marker.ts';
export {
  type AlbumTemplate,
  albumKey,
  type EntryAlbum,
  type NamedSpan,
  type NamingEntry,
  type PlannedAlbum,
  type PlanRules,
  planAlbums,
  planTags,
} from './album-plan.ts';
export { type CalendarEntry, type CalendarWish, daysInWords, entryAlbumName, isWished, type LocalOf } from './calendar-entry.ts';
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
export { type ClockCorrection, correct, correctionFor, parseClockShift, withImmich } from './clock-correction.ts';
export { counted, grouped, listed, named, none, pictures, sum, type Tally } from './counting.ts';
export { cutText, inBytes, inUnits, type Measure } from './cut-text.ts';
export { type DatesToSend, datesToSend, withOffset } from './dates-to-send.ts';
export { didYouMean, guess } from './did-you-mean.ts';
export { formatDuration, parseDuration } from './duration.ts';
export type { FileRecord, MediaNotes, Role, StatKey } from './file.ts';
export { gather, gatherSpoken, lastingOf, type ToldInWords } from './gather-news.ts';
export { type Glob, globProblem, pathGlob, textGlob } from './glob.ts';
export { type HalfFileNews, halfStaysBecause, mayNotRemoveHalf, tellHalfRemoved, tellHalfStays } from './half-file-message.ts';
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
export { type Looked, look as lookAtCircumstance, type Sight as CircumstanceSight, type Use, unwatched, type Watched } from './lasting.ts';
export {
  askAboutMark,
  type LeftAloneBy,
  type LeftAloneMark,
  listLeftAlone,
  nameOfLeftAlone,
  tellLeftAlone,
  whyLeftAlone,
} from './left-alone.ts';
export { type LeftAloneName, leftAloneNames } from './left-alone-names.ts';
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
  tellReplaced,
  tellSourceAway,
  tellSourceBack,
} from './message.ts';
export {
  followNames,
  type HomeUse,
  type Identity,
  type KnownName,
  type KnownNames,
  type NeededAtHome,
  tellFound,
  tellMissing,
  tellRenamed,
} from './needed-at-home.ts';
export {
  type Audience,
  isAboutAny,
  isMeantFor,
  isProblem,
  type NewsKind,
  newsKinds,
  type Told,
  type Topic,
  topicsOf,
} from './news-topics.ts';
export { type Numbers, numbersOf, type StateCount } from './numbers.ts';
export { oneLine } from './one-line.ts';
export { inOneSpelling } from './one-spelling.ts';
export {
  actionId,
  buttonsOf,
  buttonTitles,
  type PhoneContent,
  type PhoneMessage,
  type PhoneNews,
  type Pressed,
  phoneClearing,
  phoneContent,
  phoneMessages,
  pressedOf,
  type Verb,
} from './phone-message.ts';
export { type Consequence, consequences, type Member, waitsFor } from './picture.ts';
export { commandsIn, sentencesOf, withoutCommands } from './plain-words.ts';
export { isProofAsked, type ProofWish, proofInWords, proofMeant } from './proof-asked.ts';
export { dayAt, type Night, nextTimeOfDay, nightAt, parseQuietHours, parseTimeOfDay, type QuietHours } from './quiet-hours.ts';
export { type ReceiverMessage, receiverMessages, type Urgency } from './receiver-message.ts';
export { type Condition, type FileFacts, judge, type Rule, type Verdict } from './rule.ts';
export { parseShare } from './share.ts';
export { formatSize, parseSize } from './size.ts';
export { deviceIdOf, lettersOf, slugOf } from './slug.ts';
export { type DaySpan, isWithin, type Span, shortestAround, type TimeSpan } from './span.ts';
export { type Hitch, type SpeakerSeen, speakerHitch } from './speaker.ts';
export { planSpeaking, type SpeakableNews, type Speaking, type SpeakQuestion } from './speaking.ts';
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
export {
  askAboutStrangers,
  leftBecause,
  leftByOwner,
  mostShownUnasked,
  type StrangersNews,
  shownAgainReason,
  tellShownAgain,
} from './strangers-message.ts';
export { type Succession, succession } from './successor.ts';
export { headline, type Progress, progress, type SourceNumbers, standing, summarise } from './summary.ts';
export { type DateOrigin, dateOrigins, lastResorts, type TakenAt, type ToldOrigin, toldOrigins } from './taken-at.ts';
export { type Pictured, parseTemplate, type Template, templateProblem } from './template.ts';
export { entryTitle, type TitlePattern, titlePattern, titlePatternProblem } from './title-pattern.ts';
export { type NewsToTell, sortOf, tagOf } from './told-together.ts';
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
  inTrash,
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
export { isOver } from './waiting.ts';

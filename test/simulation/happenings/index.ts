/** All that can happen to a household, by name; and how often each of it does. */

import * as arrivals from './arrivals.ts';
import * as atHome from './at-home.ts';
import * as changes from './changes.ts';
import * as faults from './faults.ts';
import * as hands from './hands.ts';
import type { Act } from './happening.ts';
import * as looking from './looking.ts';
import * as orders from './orders.ts';
import * as thrownAway from './thrown-away.ts';

const ordinary = {
  'a picture arrives': [26, arrivals.arrives],
  'a live photo arrives': [9, arrivals.livePhotoArrives],
  'strangers of one name arrive': [4, arrivals.strangersArrive],
  'a picture with sidecar arrives': [7, arrivals.pictureWithSidecarArrives],
  'a copy arrives': [7, arrivals.copyArrives],
  'a growing file arrives': [4, arrivals.growingFileArrives],
  'rubbish arrives': [4, arrivals.rubbishArrives],
  'an oddly dated picture arrives': [4, arrivals.oddlyDatedArrives],
  'a second name arrives': [2, arrivals.secondNameArrives],
  'a folder arrives': [0.1, arrivals.folderArrives],
  'a file is edited': [5, changes.isEdited],
  'a file is cut short': [1, changes.isCutShort],
  'a file is touched': [4, changes.isTouched],
  'a file is edited, keeping its time': [1, changes.isEditedKeepingItsTime],
  'a file is moved': [5, changes.isMoved],
  'a folder is moved': [1, changes.folderIsMoved],
  'a file is removed': [4, changes.isRemoved],
  'a fresh file is removed': [2, changes.freshOneIsRemoved],
  'a file is replaced on the same inode': [2, changes.isReplacedOnTheSameInode],
  'a file is used while it is read': [3, changes.isUsedWhileRead],
  'a name is used again': [3, changes.nameIsUsedAgain],
  'a file is thrown away': [4, thrownAway.isThrownAway],
  'a file is thrown away while it waits': [3, thrownAway.isThrownAwayWaiting],
  'a folder is thrown away': [0.5, thrownAway.folderIsThrownAway],
  'a picture arrives in a bin': [2, thrownAway.arrivesInABin],
  'a file is taken out of its bin': [3, thrownAway.isTakenOutAgain],
  'the bins are emptied': [1, thrownAway.binsAreEmptied],
} as const satisfies Table;

const byHand = {
  'an asset is trashed': [4, hands.trashes],
  'an asset is erased': [4, hands.erases],
  'an asset is removed, and its file synced anew': [6, hands.removesAndSyncs],
  'an asset is taken out, and its file synced anew': [4, hands.takesOutAndSyncs],
  'an asset is restored': [1, hands.restores],
  'the trash is emptied': [2, hands.emptiesTrash],
  'an asset is archived': [1, hands.archives],
  'a live photo is parted': [4, hands.partsLivePhoto],
  'an asset is taken out of an album': [4, hands.takesOutOfAlbum],
  'an album is renamed': [2, hands.renamesAlbum],
  'an album is deleted': [2, hands.deletesAlbum],
  'an album is made by hand': [3, hands.makesOwnAlbum],
  'a picture is uploaded by hand': [4, hands.uploadsByHand],
  'the owner pauses': [1, orders.pauses],
  'the owner says retry': [1, orders.retries],
  'the owner says sweep': [1, orders.sweeps],
  'the owner says keep': [6, orders.keeps],
  'the owner says let go': [4, orders.letsGo],
  'the owner writes rules': [2, orders.writesRules],
} as const satisfies Table;

const broken = {
  'Immich is away': [4, faults.immichIsAway],
  'the way is bad': [5, faults.theWayIsBad],
  'a gateway times out': [2, faults.gatewayTimesOut],
  'answers never come': [3, faults.answersNeverCome],
  'answers are half': [2, faults.answersAreHalf],
  'a proxy fails': [3, faults.proxyFails],
  'it is too much': [2, faults.isTooMuch],
  'a key is refused': [1, faults.keyIsRefused],
  'a permission is missing': [4, faults.permissionIsMissing],
  'files are too large': [1, faults.filesAreTooLarge],
  'a quota is full': [1, faults.quotaIsFull],
  "Immich's disk fails": [4, faults.immichsDiskFails],
  'an original rots': [1, faults.anOriginalRots],
  'Immich is updated': [1, faults.immichIsUpdated],
  "Immich's clock is off": [1, faults.immichsClockIsOff],
  'the share is away': [5, faults.shareGoesAway],
  'the card is away': [2, faults.cardGoesAway],
  'a device hangs': [4, faults.deviceHangs],
  'an inner disk is away': [1, faults.innerDiskGoesAway],
  'the phone is on another device': [1, faults.phoneIsOnAnotherDevice],
  'a root is replaced': [1, faults.rootIsReplaced],
  'a disk fails': [5, faults.diskFails],
  'a clock is set': [1, faults.clockIsSet],
  'clocks change': [1, faults.clocksChange],
  'hints are lost': [3, faults.hintsAreLost],
  'the system drops events': [3, faults.systemDropsEvents],
  'the receiver is away': [2, faults.receiverIsAway],
} as const satisfies Table;

const deaths = {
  'Homeroll dies soon': [2, faults.diesSoon],
  'Homeroll dies': [1, faults.dies],
} as const satisfies Table;

const lookedAt = {
  'a proven original rots': [5, looking.aProvenOriginalRots],
  'the owner says verify': [4, looking.saysVerify],
  'the owner decides about a damaged one': [3, looking.decidesAboutDamaged],
  'Immich is restored from a backup': [2, looking.isRestored],
  'originals cannot be read': [2, looking.originalsAreAway],
  'Immich is away for a moment': [2, looking.isAwayForAMoment],
  'Homeroll dies looking': [3, looking.diesLooking],
  'several are trashed': [3, looking.severalAreTrashed],
} as const satisfies Table;

const home = {
  'everybody leaves': [6, atHome.everybodyLeaves],
  'somebody comes home': [4, atHome.somebodyComes],
  'friends come': [1, atHome.friendsCome],
  'nobody knows who is at home': [2, atHome.nobodyKnows],
  'Home Assistant is away': [2, atHome.homeAssistantIsAway],
  'the calendar is unavailable': [1, atHome.calendarIsUnavailable],
  'an entry is written': [6, atHome.entryIsWritten],
  'an entry is renamed': [2, atHome.entryIsRenamed],
  'an entry is moved': [3, atHome.entryIsMoved],
  'an entry is removed': [2, atHome.entryIsRemoved],
  'the album of an entry is renamed': [2, hands.renamesEntryAlbum],
} as const satisfies Table;

type Table = Readonly<Record<string, readonly [weight: number, act: Act]>>;

export const tables = { ordinary, byHand, broken, deaths, 'looked at': lookedAt, 'at home': home };

const all = { ...ordinary, ...byHand, ...broken, ...deaths, ...lookedAt, ...home };

export type HappeningName = keyof typeof all;

export function actOf(name: HappeningName): Act {
  return all[name][1];
}

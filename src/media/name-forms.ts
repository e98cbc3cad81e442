/** How phones, messengers, cameras, scanners and people write a date into a file's name: one regular expression for each way. */
import { betweenDayAndTime, halfOfDay, plainHalfOfDay, wordBetweenDayAndTime } from './name-words.ts';

/** Two digits, by the name of what they tell. */
const two = (...names: readonly string[]): string => names.map((name) => String.raw`(?<${name}>\d\d)`).join('');
const year = String.raw`(?<year>(?:19|20)\d\d)`;
/** @param gap what may stand between its parts: the same both times */
const day = (gap: string): string => String.raw`${year}(?<gap>${gap})(?<month>\d\d)\k<gap>(?<day>\d\d)`;
const time = String.raw`(?<hour>\d\d)[-_.:h]?(?<minute>\d\d)[-_.:m]?(?<second>\d\d)`;
const fraction = String.raw`(?:[-_.]?(?<fraction>\d{3})(?!\d))?`;
// "am" in "… 12.05.00 am Strand" is no half of a day.
const halfBehind = (halves: string): string => String.raw`(?:\s?(?<half>${halves})(?!\s?\p{L}))?`;
const half = halfBehind(halfOfDay);
const halfBefore = String.raw`(?:(?<halfBefore>${halfOfDay})\s?)?`;
const looseDay = String.raw`${year}-(?<month>\d\d?)-(?<day>\d\d?)`;

const form = (...parts: readonly string[]): RegExp => new RegExp(parts.join(''), 'giu');
const free = String.raw`(?<!\d)`;
const freeBehind = String.raw`(?!\d)`;

/** In the order in which they are tried. A form that starts with `^` is the way of certain makers, and would be guessing elsewhere. */
// biome-ignore format: a form is read best in one line
export const dateForms: readonly RegExp[] = [
  // IMG_20240714_092133, 20240714092133, signal-2024-07-14-09-21-33-123, 2024-07-14 09.21.33, DJI_20240714092133_0001_D
  form(free, day('[-_.]?'), '(?:[-_ T.])?', time, fraction, halfBehind(plainHalfOfDay), freeBehind),
  // Screen Shot 2024-07-14 at 9.21.33 PM, Bildschirmfoto 2024-07-14 um 09.21.33, 截屏2024-07-14 下午9.21.33
  form(free, looseDay, betweenDayAndTime, halfBefore, String.raw`(?<hour>\d\d?)[.:\-](?<minute>\d\d)[.:\-](?<second>\d\d)`, freeBehind, half),
  // ShadowPlay: Desktop 2024.07.14 - 09.21.33.05.DVR
  form(free, day('[.]'), ' - ', String.raw`(?<hour>\d\d)\.(?<minute>\d\d)\.(?<second>\d\d)`, freeBehind),
  // Photo Booth: Photo on 2024-07-14 at 09.21
  form(free, looseDay, wordBetweenDayAndTime, halfBefore, String.raw`(?<hour>\d\d?)[.:](?<minute>\d\d)`, freeBehind, half),
  // Viber on computers, of old: viber image 2019-05-01 , 10.00.00
  form(free, day('-'), ' , ', String.raw`(?<hour>\d\d)\.(?<minute>\d\d)\.(?<second>\d\d)`, freeBehind),
  // Dashcams: 2023_0102_101112_001
  form(free, year, '_', two('month', 'day'), '_', two('hour', 'minute', 'second'), freeBehind),
  // Mio and its kin: FILE230102-101112F. Nextbase: 230102_101112_001_FH
  form('^(?:FILE|EVENT?|EMER|EMR|PARK|NORM)_?', two('shortYear', 'month', 'day'), '-', two('hour', 'minute', 'second'), freeBehind),
  form('^', two('shortYear', 'month', 'day'), '_', two('hour', 'minute', 'second'), String.raw`_\d{3}_[A-Z]{2}(?![A-Za-z])`),
  // Epson's scanners count hundredths: img20191231_10111234
  form('^img_?', day(''), '_', two('hour', 'minute', 'second'), String.raw`\d\d`, freeBehind),
  // Nintendo's Switch: 2019123110111200-0123…CDEF
  form('^', day(''), two('hour', 'minute', 'second'), String.raw`\d\d-[0-9A-F]{32}`),
  // Telegram's exports: photo_123@14-07-2024_09-21-33
  form('@', two('day'), '-', two('month'), '-', year, '_', String.raw`(?<hour>\d\d)-(?<minute>\d\d)-(?<second>\d\d)`, freeBehind),
  // iOS: ScreenRecording_07-14-2024 09-21-33_1
  form('^ScreenRecording[ _]', two('month'), '-', two('day'), '-', year, '[ _]', String.raw`(?<hour>\d\d)-(?<minute>\d\d)-(?<second>\d\d)`, freeBehind),
  // Recorders on Android: XRecorder_14072024_092133
  form('^(?:XRecorder|Vidma_recorder)_', two('day', 'month'), year, '_', two('hour', 'minute', 'second'), freeBehind),
  // Days go first where dots part them. Windows' game bar: Desktop 14.07.2024 09_21_33. iPhones and Dropbox: Foto 14.07.24, 09 21 33
  form(free, two('day'), String.raw`\.`, two('month'), String.raw`\.`, year, betweenDayAndTime, String.raw`(?<hour>\d\d)[_.:\- ](?<minute>\d\d)[_.:\- ](?<second>\d\d)`, freeBehind),
  form('^(?:Foto|Photo|Video|Datei|File|Bild|Image) ', two('day'), String.raw`\.`, two('month'), String.raw`\.`, two('shortYear'), betweenDayAndTime, String.raw`(?<hour>\d\d)[_.:\- ](?<minute>\d\d)[_.:\- ](?<second>\d\d)`, freeBehind),
  // Nextcloud on iPhones: 24-07-14 09-21-33 0123
  form('^', two('shortYear'), '-', two('month'), '-', two('day'), ' ', String.raw`(?<hour>\d\d)-(?<minute>\d\d)-(?<second>\d\d)`, String.raw` \d{4}(?=\.|$)`),
  // BlackBerry: IMG00012-20110714-0921
  form(String.raw`^(?:IMG|VID)\d{5}-`, day(''), '-', two('hour', 'minute'), freeBehind),
  // 2024年7月14日 9时21分33秒
  form(free, year, String.raw`年(?<month>\d\d?)月(?<day>\d\d?)日(?:\s*(?<hour>\d\d?)[时時点點](?<minute>\d\d?)分(?:(?<second>\d\d?)秒)?)?`),
  // 2024-07-14 Anna's birthday, Scan 1987.05.03
  form(free, day('[-_.]'), freeBehind),
  // IMG-20240714-WA0001, 20240714_1: eight digits alone count only where cameras and scanners begin a name
  form('^(?:[A-Za-z]{2,10}[-_ ])?', day(''), freeBehind),
  // Nokia: 14072009(001)
  form('^', two('day', 'month'), String.raw`(?<year>20[01]\d)\(\d{3}\)`),
];

/** How chat programs and recorders count: ms or seconds since 1970. Only behind their own words; other long numbers are anything. */
export const epochForms: readonly RegExp[] = [
  // FB_IMG_1577836800000, mmexport1577836800000, wx_camera_1577836800000, LINE_MOVIE_1577836800000, received_m_mid_1577836800000_…
  /(?:FB_(?:IMG|VID)_|mmexport_?|wx_camera_|MicroMsg\.|qq_pic_merged_|^received_(?:m_mid_)?|^LINE_(?:MOVIE_|IMAGE_)?|^KakaoTalk_(?:Photo_|Video_)?|^Screenshot_)(?<epochMs>\d{13})(?!\d)/giu,
  // RPReplay_Final1577836800, and the Android emulator's Screenshot_1577836800
  /(?:RPReplay[-_ ]?Final|^Screenshot_)(?<epochSeconds>\d{10})(?!\d)/giu,
];

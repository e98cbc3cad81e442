/** The words of many languages that stand around a date in a file's name: "at", "AM", "PM", "conflict". Data only. */

/**
 * Between the day and the time, as macOS and WhatsApp write it: `2024-07-14 um 09.21.33`. Regular expressions; the accents of macOS are
 * joined before they are compared.
 */
const at = [
  'at', // English
  'um', // German
  String.raw`à(?:\(s\))?`, // French, Brazilian WhatsApp
  'às', // Portuguese
  String.raw`a (?:las?(?:\(s\))?|les)`, // Spanish, Catalan
  'alle', // Italian
  'ore', // Italian WhatsApp
  'om', // Dutch
  'o', // Polish, Slovak
  'v', // Czech
  'ob', // Slovene
  'u', // Croatian, Serbian
  'у', // Serbian, in Cyrillic
  'в', // Russian
  'о', // Ukrainian, in Cyrillic
  String.raw`kl\.?`, // Swedish, Danish, Norwegian
  'klo', // Finnish
  'kello', // Finnish
  'la', // Romanian
  'στις', // Greek
  'saat', // Turkish
  'lúc', // Vietnamese
  'pukul', // Indonesian
  'jam', // Indonesian
  'pada', // Malay
  'เวลา', // Thai
  'في', // Arabic
  'בשעה', // Hebrew
  '-', // Hungarian, and recorders of games
].join('|');

/** Also with a comma before, and in Hebrew without a space behind: `, 9.21.33`, `2024-07-14 ב-9.21.33`. */
export const betweenDayAndTime = String.raw`,?[\s_]+(?:(?:${at})[\s_]+|ב-)?`;
/** Where such a word must be there. */
export const wordBetweenDayAndTime = String.raw`,?[\s_]+(?:(?:${at})[\s_]+|ב-)`;

const beforeNoon = [
  String.raw`a\.?\s?m\.?`,
  '上午',
  '凌晨',
  '早上',
  '午前',
  '오전',
  String.raw`π\.?\s?μ\.?`,
  'ص',
  'ÖÖ',
  'SA',
  String.raw`de\.`,
  String.raw`dop\.`,
  'fm',
  String.raw`ap\.`,
  'PG',
];
const afterNoon = [
  String.raw`p\.?\s?m\.?`,
  '下午',
  '中午',
  '晚上',
  '午後',
  '오후',
  String.raw`μ\.?\s?μ\.?`,
  'م',
  'ÖS',
  'CH',
  String.raw`du\.`,
  String.raw`odp\.`,
  'em',
  String.raw`ip\.`,
  'PTG',
];

/** Where no word stands between the day and the time, other languages' two letters could be anything. */
export const plainHalfOfDay = String.raw`[ap]\.?\s?m\.?`;
/** `AM`, `p. m.`, `下午` and their kin. */
export const halfOfDay = [...beforeNoon, ...afterNoon].join('|');
const afterNoonPattern = new RegExp(`^(?:${afterNoon.join('|')})$`, 'iu');

export function isAfterNoon(half: string): boolean {
  return afterNoonPattern.test(half);
}

/** What programs that keep folders alike call a copy which they could not bring together with the other one. */
export const conflictWords = [
  'confli[ct]', // English, French, Spanish, Italian, Portuguese, Dutch, Romanian, Catalan
  'konfli[kc]t', // German, Swedish, Danish, Norwegian, Polish, Czech, Slovak, Indonesian
  'конфл[иі]кт', // Russian, Ukrainian
  'sprzeczn', // Polish
  'kolizn', // Czech
  'ristiriita', // Finnish
  'ütköz', // Hungarian
  'çakış', // Turkish
  'çelişki', // Turkish
  'σύγκρουσ', // Greek
  'διένεξ', // Greek
  'xung đột', // Vietnamese
  'bercanggah', // Malay
  'ขัดแย้ง', // Thai
  'تعارض', // Arabic
  'متعارض', // Arabic
  'מתנגש', // Hebrew
  'התנגשות', // Hebrew
  '競合', // Japanese
  '冲突', // Chinese
  '衝突', // Chinese, traditional
  '충돌', // Korean
  'case clash', // Nextcloud
].join('|');

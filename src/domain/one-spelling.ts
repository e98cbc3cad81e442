/**
 * One spelling for names that mean the same file to a person: a Mac writes `ü` as two characters (NFD), most others as one (NFC), and some disks
 * know no case. Names are bytes and need not be text. Pure.
 */

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** In NFC, Latin letters in lower case with and without marks: `À` is `à`, however it was written. Of what is not UTF-8 only the case changes. */
export function inOneSpelling(name: Uint8Array): Uint8Array {
  const lower = name.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));
  if (name.every((byte) => byte < 0x80)) return lower;
  try {
    const apart = decoder.decode(name).normalize('NFD');
    return Buffer.from(apart.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).normalize('NFC'));
  } catch {
    return lower;
  }
}

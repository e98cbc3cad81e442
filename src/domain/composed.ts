/** One spelling for one name: a Mac writes `ü` as two characters (NFD), most others as one (NFC). Names are bytes and need not be text. Pure. */

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** In NFC; what is not UTF-8 stays as it is. */
export function composed(name: Uint8Array): Uint8Array {
  if (name.every((byte) => byte < 0x80)) return name;
  try {
    return Buffer.from(decoder.decode(name).normalize('NFC'));
  } catch {
    return name;
  }
}

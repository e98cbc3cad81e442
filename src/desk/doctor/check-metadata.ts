/** Can dates be read that stand where only exiftool understands them? */
import type { Hitch } from '../../media/index.ts';
import { type Finding, ok, warning } from './finding.ts';

export interface MetadataParts {
  /** Why exiftool cannot be asked. */
  readonly exiftoolHitch: () => Promise<Hitch | undefined>;
  /** Perl lacks what exiftool unpacks with. */
  readonly lacksUnpacking: () => Promise<boolean>;
}

const about = 'this machine';

export async function checkMetadata({ exiftoolHitch, lacksUnpacking }: MetadataParts): Promise<readonly Finding[]> {
  const hitch = await exiftoolHitch();
  if (hitch) {
    return [
      warning(
        about,
        `Some dates cannot be read (${hitch.because}): those in sidecars, XMP and IPTC, in AVI, MKV, MTS and WMV films, and in RAW files of ` +
          "some makers. Such pictures are all sent, but may stand in another month's album than in Immich's timeline.",
        hitch.cure,
      ),
    ];
  }
  if (await lacksUnpacking()) {
    return [
      warning(
        about,
        'Dates in packed texts of PNG files cannot be read: Perl lacks Compress::Zlib.',
        'Install all of Perl: "apt install perl".',
      ),
    ];
  }
  return [ok(about, 'Dates in sidecars, XMP, IPTC and films of all kinds can be read (exiftool).')];
}

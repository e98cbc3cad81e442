/** What Home Assistant must be told to have a Sonos speaker, and a voice to speak with. */
import type { FakeSonos } from './kit/fake-sonos.ts';

export function speakerPackages({ identity }: FakeSonos): Readonly<Record<string, string>> {
  return {
    sonos: `sonos:\n  media_player:\n    hosts: [${identity.host}]\n`,
    // Home Assistant's own voice for demonstrations: an MP3, whatever is said.
    voice: 'tts:\n  - platform: demo\n',
  };
}

/** ntfy: published as JSON to the server, or with a picture as its bytes to the topic (https://docs.ntfy.sh/publish/). */
import type { NtfyTeller } from '../../config/index.ts';
import { cutText, inBytes, type Urgency } from '../../domain/index.ts';
import { type Form, getBelow, jsonCall, pictureName } from './form.ts';

// From 1 (never seen unless looked for) to 5; 3 is usual. With 2 it makes no sound.
const priorities: Readonly<Record<Urgency, number>> = { calm: 2, look: 3, alarm: 4 };
// Shown as emoji before the title.
const tags: Readonly<Record<Urgency, string>> = { calm: 'white_check_mark', look: 'warning', alarm: 'rotating_light' };
// ntfy makes a file of a longer text, and takes twice 4096 bytes of JSON.
const mostBytes = 3_500;
// In the address, where three letters stand for a byte and servers refuse more than eight thousand.
const mostBytesInAddress = 1_500;
const mostOfTitle = 200;

export function ntfyForm({ host, server, topic, token }: NtfyTeller): Form {
  const headers = token ? { Authorization: `Bearer ${token.reveal()}` } : undefined;
  return {
    host,
    secrets: [server.reveal(), topic.reveal(), ...(token ? [token.reveal()] : [])],
    call({ title: whole, text, urgency }, picture) {
      const title = cutText(whole, mostOfTitle);
      const priority = priorities[urgency];
      const tag = tags[urgency];
      const root = new URL(server.reveal());
      if (!picture) {
        const message = cutText(text, mostBytes, inBytes);
        return jsonCall(root.href, { topic: topic.reveal(), title, message, priority, tags: [tag] }, headers);
      }
      root.pathname = `${root.pathname.replace(/\/$/, '')}/${topic.reveal()}`;
      const message = cutText(text, mostBytesInAddress, inBytes);
      const query = { title, message, priority: String(priority), tags: tag, filename: pictureName(picture) };
      for (const [name, value] of Object.entries(query)) root.searchParams.set(name, value);
      return { method: 'PUT', url: root.href, headers: { 'Content-Type': picture.type, ...headers }, body: picture.bytes };
    },
    probe: {
      call: getBelow(server.reveal(), 'v1/health'),
      shows: 'It answers. Whether it takes messages for this topic shows with the first.',
    },
    cure(status) {
      if (status === 401) return 'correct "token" under "tell", or the password in the address';
      if (status === 403) return 'give "token" under "tell" an access token that may write to this topic';
      return status === 404 ? 'correct the address of "ntfy" under "tell"' : undefined;
    },
  };
}

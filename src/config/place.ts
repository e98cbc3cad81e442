/** A path on this machine, as an owner writes one, and the sentence for what is none: a shell's word, an address, a path of Windows. */
import { text } from './values.ts';

/** Relative paths begin beside the owner's file. */
export const place = text.superRefine((path, context) => {
  const problem = placeProblem(path);
  if (problem !== undefined) context.addIssue(`"${path}" ${problem}`);
});

const shares: readonly RegExp[] = [/^[a-z][a-z0-9+.-]+:\/\//i, /^\\\\/, /^\/\/[^/]/];

function placeProblem(path: string): string | undefined {
  if (/^~$|^~([a-z_][a-z0-9_-]*)?\//i.test(path)) {
    const rest = path.slice(path.indexOf('/') < 0 ? path.length : path.indexOf('/'));
    return `begins with ~, which only a shell fills in: write the whole path, such as /home/anna${rest || '/Pictures'}.`;
  }
  if (/^\$(\{|[A-Za-z_]\w*(\/|$))/.test(path) || /^%\w+%/.test(path))
    return 'begins with a variable, which only a shell fills in: write the whole path, such as /home/anna/Pictures.';
  const [file] = /^file:\/\/(?=\/)/i.exec(path) ?? [];
  if (file !== undefined) return `is an address, and a path is wanted: write ${decoded(path.slice(file.length))}.`;
  if (shares.some((share) => share.test(path)))
    return 'is the address of a share, and a path is wanted: mount the share on this machine, and write where, such as /mnt/nas/photos.';
  if (/^[a-z]:[\\/]/i.test(path)) return 'is a path of Windows: write where that folder lies on this machine, such as /mnt/nas/photos.';
  return undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

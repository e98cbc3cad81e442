/** Can others on this machine read the keys? */
import { type Finding, ok, warning } from './finding.ts';

export interface SecretFile {
  readonly path: string;
  /** The permission bits of its mode; undefined: it is not there. */
  readonly mode: number | undefined;
}

const othersMayRead = 0o004;
const groupMayRead = 0o040;

export function checkSecrets(files: readonly SecretFile[]): readonly Finding[] {
  const present = files.filter(({ mode }) => mode !== undefined);
  const open = present.filter(({ mode = 0 }) => (mode & (othersMayRead | groupMayRead)) !== 0);
  if (open.length > 0) {
    return open.map(({ path, mode = 0 }) => {
      const who = mode & othersMayRead ? 'everybody on this machine' : 'its group';
      return warning('secrets', `${path} holds keys and can be read by ${who}.`, `chmod 600 ${path}`);
    });
  }
  return present.length === 0 ? [] : [ok('secrets', 'Only their owner can read the files that hold keys.')];
}

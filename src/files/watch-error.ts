/** Says why the system does not let us watch a folder, what that means, and what the owner can do. */
import { OwnerError, sentenceOf } from '../kernel/index.ts';
import { isWatchLimit } from './watch-probe.ts';

export function watchError(root: string, error: unknown): OwnerError {
  const said = sentenceOf(error);
  const meanwhile = `New files in ${root} are found by the regular sweep only`;
  if (isWatchLimit(error)) {
    const cure = 'Raise it: sysctl fs.inotify.max_user_watches=524288';
    return new OwnerError('watch-limit', `${meanwhile}, because the system lets us watch no more folders. ${cure}`, { cause: error });
  }
  if (said.includes('EMFILE') || said.includes('Too many open files')) {
    const cure = 'Raise it: sysctl fs.inotify.max_user_instances=512';
    return new OwnerError('watch-limit', `${meanwhile}, because too many programs watch folders. ${cure}`, { cause: error });
  }
  return new OwnerError('watch-refused', `${meanwhile}, because the system refuses to watch it (${said}).`, { cause: error });
}

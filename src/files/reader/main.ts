/**
 * The first line of a reading process: it looks at one device for the Homeroll that started it, and can be killed when that device does
 * not answer. It says nothing on any screen, and never outlives its Homeroll.
 */
import { statfs } from 'node:fs/promises';
import { systemClock } from '../../kernel/index.ts';
import { realDisk } from '../real-disk.ts';
import { systemWatcher } from '../watch.ts';
import { plainFiles } from './careful-files.ts';
import type { FromChild, ToChild } from './messages.ts';
import { Serving } from './serve.ts';

// Nothing but the kernel's own kill ends a process with a thread in a call that does not return: exit would wait for the thread.
const end = (): void => void process.kill(process.pid, 'SIGKILL');

// Asked of the server each time, where a stat may be answered from memory.
const beat = async (path: Buffer): Promise<void> => void (await statfs(path));

const send = (message: FromChild): void => void process.send?.(message, undefined, undefined, () => undefined);

// A terminal's Ctrl-C and a service's stop go to all processes: this one is needed until the last file is let go.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', end);
const serving = new Serving({ disk: realDisk, watcher: systemWatcher(realDisk, systemClock), files: plainFiles, beat, send });
process.on('message', (question) => void serving.answer(question as ToChild));
send({ tell: 'ready' });

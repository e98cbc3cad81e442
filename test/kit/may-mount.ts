/** Whether real disks can be mounted for a test. */
import { readFileSync } from 'node:fs';

/** Why they cannot be here; undefined: they can. */
export const noMounts: string | undefined = mayMount() ? undefined : 'needs Linux and the right to mount (root)';

function mayMount(): boolean {
  if (process.platform !== 'linux') return false;
  const [, capabilities = '0'] = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  const sysAdmin = 21n;
  return ((BigInt(`0x${capabilities}`) >> sysAdmin) & 1n) === 1n;
}

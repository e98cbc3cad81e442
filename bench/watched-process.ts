/** Runs a command and says what it cost: seconds, processor seconds, and the most memory it held. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Cost {
  readonly wallS: number;
  readonly cpuS: number;
  readonly peakRssBytes: number;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const sampleEveryMs = 20;
// Linux counts processor time in hundredths of a second, on every machine that Node runs on.
const ticksPerSecond = 100;

/** Linux only: reads /proc while the command runs. The peak is the kernel's own high-water mark. */
export function watchProcess(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = process.env): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const startedAtMs = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
    let [cpuS, peakRssBytes, stdout, stderr] = [0, 0, '', ''];
    const sample = (): void => {
      try {
        const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        cpuS = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
        const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
        peakRssBytes = Math.max(peakRssBytes, Number(peak ?? 0) * 1024);
      } catch {
        // It has ended between two looks.
      }
    };
    const sampling = setInterval(sample, sampleEveryMs);
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearInterval(sampling);
      resolve({ wallS: (performance.now() - startedAtMs) / 1000, cpuS, peakRssBytes, exitCode: exitCode ?? 1, stdout, stderr });
    });
  });
}

/** One process of several that live weeks: a seed comes in by message, what was found goes out. */
import { mutantNamed } from './mutants/index.ts';
import { liveOneWeek } from './week.ts';
import type { Job, Lived } from './workers.ts';

process.on('message', (message) => {
  const job = message as Job;
  const faulty = job.mutant === undefined ? undefined : mutantNamed(job.mutant);
  liveOneWeek({ seed: job.seed, faulty }).then(
    ({ findings, files }) => process.send?.({ ...job, findings: findings.slice(0, 5), files } satisfies Lived),
    (error: unknown) => {
      throw error;
    },
  );
});

/** temp */
import { liveOneWeek } from './week.ts';
const [a, b] = [Number(process.argv[2]), Number(process.argv[3])];
for (let seed = a; seed < a + b; seed += 1) {
  const t = performance.now();
  const r = await liveOneWeek({ seed });
  const ms = Math.round(performance.now() - t);
  console.log(seed, ms, r.files, r.findings.slice(0, 3).map(({ kind, sentence }) => `${kind}: ${sentence}`).join(' | '));
}

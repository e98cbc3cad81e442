/** `npm run bench -- NAME`: measured comparisons, each printed with what it was compared with in the same run. */
import { ingest } from './ingest.ts';
import { memory } from './memory.ts';

const benches: Readonly<Record<string, () => Promise<void>>> = { ingest, memory };

const name = process.argv[2] ?? '';
const bench = benches[name];
if (!bench) {
  console.error(
    `Say which: ${Object.keys(benches)
      .map((one) => `npm run bench -- ${one}`)
      .join(', ')}`,
  );
  process.exit(2);
}
await bench();

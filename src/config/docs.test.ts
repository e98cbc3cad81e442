import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { templateProblem } from '../domain/index.ts';
import { withSettings } from './docs.ts';
import { loadConfig } from './load.ts';
import { problemText } from './problem.ts';
import { onDisk } from './surroundings.ts';

const path = join(import.meta.dirname, '../../docs/configuration.md');
// Changed the schema? WRITE_DOCS=1 node --test src/config/docs.test.ts
if (process.env.WRITE_DOCS === '1') writeFileSync(path, withSettings(readFileSync(path, 'utf8')));
const page = readFileSync(path, 'utf8');

describe('docs/configuration.md', () => {
  it('tells every setting as the schema has it', () => assert.equal(page, withSettings(page)));

  for (const [index, [, example = '']] of [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].entries()) {
    if (!example.includes('immich:')) continue;
    it(`shows an example ${index + 1} that works`, async () => {
      const texts: Readonly<Record<string, string>> = {
        '/x/homeroll.yaml': example,
        '/x/secrets.yaml': 'anna_immich_key: k\nntfy_address: https://ntfy.example/x\n',
      };
      const loaded = await loadConfig('/x/homeroll.yaml', {
        ...onDisk({ IMMICH_FAMILY_KEY: 'k' }),
        readText: (asked) => Promise.resolve(texts[asked] ?? ''),
      });
      assert.deepEqual(loaded.kind === 'refused' ? loaded.problems.map(problemText) : [], []);
    });
  }

  it('names the blanks that there are, all of them', () => {
    const told = [...page.matchAll(/^\| `(\{[^`]+\})` \|/gm)].map(([, blank]) => blank);
    assert.match(templateProblem('{?}') ?? '', new RegExp(`There is ${told.join(' ').replace(/[{}]/g, '\\$&')}\\.$`));
  });
});

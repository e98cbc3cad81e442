/** Finds the files that hold keys, for the doctor to look at who may read them. */
import { dirname, join, resolve } from 'node:path';
import type { SecretFile } from '../desk/index.ts';

export interface SecretParts {
  readonly readText: (path: string) => Promise<string>;
  readonly modeOf: (path: string) => Promise<number | undefined>;
}

/** secrets.yaml, every `key_file`, and the configuration itself where a key, a token or a password stands in it. */
export async function secretFilesOf(configFile: string, { readText, modeOf }: SecretParts): Promise<readonly SecretFile[]> {
  const text = await readText(configFile);
  const folder = dirname(resolve(configFile));
  const keyFiles = [...text.matchAll(/^[^#\n]*\bkey_file:\s*["']?([^"'\s,}#]+)/gm)].map(([, path = '']) => resolve(folder, path));
  const holdsKey = /^[^#\n]*\b(?:key|token|password):\s*["']?[A-Za-z0-9]/m.test(text);
  const paths = [join(folder, 'secrets.yaml'), ...keyFiles, ...(holdsKey ? [resolve(configFile)] : [])];
  return Promise.all(paths.map(async (path) => ({ path, mode: await modeOf(path) })));
}

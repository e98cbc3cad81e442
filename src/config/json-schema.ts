/** The published JSON schema, for editors that complete and check homeroll.yaml while it is written. */
import { z } from 'zod';
import { ownersFile } from './schema.ts';

/**
 * JSON Schema (draft 2020-12) of an owner's file. `!secret NAME` and `!env NAME` stand for the text they point at: tell the editor so
 * (YAML extension for VS Code: `"yaml.customTags": ["!secret scalar", "!env scalar"]`).
 */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(ownersFile, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      // A secret is written as text, whatever it becomes.
      if (zodSchema._zod.def.type === 'custom') jsonSchema.type ??= 'string';
      delete jsonSchema.noun;
    },
  });
  return { title: 'homeroll.yaml', ...schema };
}

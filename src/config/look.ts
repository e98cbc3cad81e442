/** Looks into the schema: what stands behind wrappers such as "optional", and at a path. For sentences and docs. */
import { z } from 'zod';
import type { Path } from './problem.ts';

export interface Look {
  /** Without its wrappers. */
  readonly schema: z.core.$ZodType;
  readonly isOptional: boolean;
  /** Used when the key is left out. */
  readonly fallback?: unknown;
  readonly description?: string;
  readonly example?: unknown;
  /** What an unknown key of this block is not: "a rule". */
  readonly noun?: string;
}

export function look(wrapped: z.core.$ZodType): Look {
  let schema = wrapped;
  let isOptional = false;
  let found: Omit<Look, 'schema' | 'isOptional'> = {};
  for (;;) {
    found = { ...notes(schema), ...found };
    if (schema instanceof z.ZodOptional) {
      isOptional = true;
      schema = schema.unwrap();
    } else if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
      isOptional = true;
      found = { fallback: schema.def.defaultValue, ...found };
      schema = schema.unwrap();
    } else if (schema instanceof z.ZodPipe) {
      schema = schema.in;
    } else {
      return { schema, isOptional, ...found };
    }
  }
}

/** What the schema says of a path in an owner's file; undefined where it knows no such place. */
export function lookAt(root: z.core.$ZodType, path: Path): Look | undefined {
  let here: Look | undefined = look(root);
  for (const step of path) {
    const inner: z.core.$ZodType | undefined = here && stepInto(here.schema, step);
    here = inner && look(inner);
  }
  return here;
}

/** The block (keys with values) that may stand here, alone or as one of several choices. */
export function blockOf(schema: z.core.$ZodType): { readonly block: z.ZodObject; readonly noun?: string } | undefined {
  const choices = schema instanceof z.ZodUnion ? schema.options : [schema];
  for (const choice of choices) {
    const { schema: block, noun } = look(choice);
    if (block instanceof z.ZodObject) return noun === undefined ? { block } : { block, noun };
  }
  return undefined;
}

function stepInto(schema: z.core.$ZodType, step: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodUnion && typeof step === 'number') {
    return schema.options.map((option) => look(option).schema).find((choice) => choice instanceof z.ZodArray)?.element;
  }
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return blockOf(schema)?.block.shape[String(step)];
}

function notes(schema: z.core.$ZodType): Omit<Look, 'schema' | 'isOptional'> {
  const { description, noun, examples } = z.globalRegistry.get(schema) ?? {};
  return {
    ...(typeof description === 'string' ? { description } : {}),
    ...(typeof noun === 'string' ? { noun } : {}),
    ...(Array.isArray(examples) ? { example: examples[0] } : {}),
  };
}

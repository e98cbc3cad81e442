/** Makes the compiler prove that every member of a union was met. */
export function assertNever(unmet: never): never {
  throw new Error(`unmet case: ${JSON.stringify(unmet)}`);
}

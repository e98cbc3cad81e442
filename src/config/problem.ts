/** A fault in the owner's file: where it stands and, in one sentence, what it is and how to mend it. */

export type Path = readonly PropertyKey[];

export interface Problem {
  readonly file: string;
  readonly line: number;
  /** What is wrong, and the cure. */
  readonly sentence: string;
}

/** `homeroll.yaml:14: "smaler than" is not a rule. Did you mean "smaller than"?` */
export function problemText({ file, line, sentence }: Problem): string {
  return `${file}:${line}: ${sentence}`;
}

/** Sorted by line, each said once. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const once = new Map(problems.map((problem) => [problemText(problem), problem]));
  return [...once.values()].toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

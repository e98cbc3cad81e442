/** Takes out of a sentence what helps nobody who has no keyboard before them: commands, and names of files. Pure. */

// From what leads up to the command as far as its clause goes.
const clause = /(?:, and at once after|, say)?[;:,]\s*(?:then )?`?homeroll [^;.!?]*/g;
// A source's name may hold anything, also what ends a sentence elsewhere.
const named = /--source "[^"]*"/g;
const command = /\bhomeroll [a-z-]+/;

/** `It is damaged: `homeroll keep FILE` sends it again.` -> `It is damaged.` */
export function withoutCommands(text: string): string {
  const kept: string[] = [];
  let isChoiceGone = false;
  for (const sentence of sentencesOf(text.replace(named, '--source NAME'))) {
    const isChoice = command.test(sentence) && /^(If|To)\b/.test(sentence);
    // The other half of a choice means nothing by itself.
    const isRest = isChoiceGone && /^If not\b/.test(sentence);
    isChoiceGone ||= isChoice;
    const plain = sentence.replace(clause, '');
    if (!isChoice && !isRest && !command.test(plain)) kept.push(plain);
  }
  return kept.join(' ');
}

/** Which commands it names: `keep`, `let-go`, `retry`. */
export function commandsIn(text: string): readonly string[] {
  return [...text.matchAll(/\bhomeroll ([a-z-]+)/g)].map(([, name = '']) => name);
}

export function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.!?])\s+(?=[A-Z"])/).filter((sentence) => sentence !== '');
}

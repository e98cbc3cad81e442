/** The owner's answer to the question about many videos that seem to be hidden by mistake. */
import { counted } from '../../domain/index.ts';
import type { Journal } from '../../journal/index.ts';
import { answerStrangers } from './decide.ts';

interface Answer {
  readonly answer: 'show' | 'leave';
  /** Left out: all sources. */
  readonly source?: string;
}

/** @param subject the answer in JSON @returns what is done, for the owner. Call inside a transaction */
export function noteAnswer(subject: string | undefined, parts: { readonly journal: Journal; readonly nowMs: number }): string {
  const said = parse(subject);
  if (!said) return 'What is to become of the videos was not understood.';
  const sources = parts.journal.sources.all().filter(({ name }) => said.source === undefined || name === said.source);
  if (sources.length === 0) return `No source is called "${said.source}".`;
  const total = sources.reduce((count, { id }) => count + answerStrangers(said.answer, id, parts), 0);
  if (total === 0) return 'There is no question about hidden videos.';
  return said.answer === 'show' ? `Shows ${counted(total, 'video')} in Immich again.` : `Leaves ${counted(total, 'video')} as they are.`;
}

/** Written by a door of this program, perhaps of another version. */
function parse(subject = '{}'): Answer | undefined {
  const said = JSON.parse(subject) as Answer;
  return said.answer === 'show' || said.answer === 'leave' ? said : undefined;
}

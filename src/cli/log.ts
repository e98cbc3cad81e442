/** The log on stderr: lines of JSON for machines, sentences for people. */
import { type Clock, jsonLog, type Log, type LogLevel, wallClock } from '../kernel/index.ts';
import type { Screen } from './screen.ts';
import { plain, wrapped } from './text.ts';

export interface LogWish {
  readonly screen: Screen;
  readonly clock: Clock;
  readonly level: LogLevel;
  readonly timeZone: string;
  readonly isJson: boolean;
}

/** As wide as the time of day before each sentence. */
const margin = ' '.repeat('21:04:00 '.length);

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

export function logOn({ screen, clock, level, timeZone, isJson }: LogWish): Log {
  if (isJson) return jsonLog(clock, level, { write: (line: string) => screen.say(line) });
  const { dim, yellow, red } = screen.asidePaint;
  const say = (mark: string, sentence: string): void =>
    screen.say(wrapped(`${dim(wallClock(clock.now(), timeZone).slice(11))} ${mark}${plain(sentence)}`, screen.asideRoom, margin));
  const hears = (wanted: LogLevel): boolean => levels.indexOf(wanted) >= levels.indexOf(level);
  return {
    debug: (sentence, facts) => {
      if (hears('debug')) say('', dim(`${sentence} ${JSON.stringify(facts ?? {})}`));
    },
    info: (sentence) => {
      if (hears('info')) say('', sentence);
    },
    warn: (sentence) => {
      if (hears('warn')) say(yellow('! '), sentence);
    },
    error: (sentence, facts) => {
      if (hears('error')) say(red('✖ '), typeof facts?.error === 'string' ? `${sentence}: ${facts.error}` : sentence);
    },
  };
}

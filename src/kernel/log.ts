/** One line, one fact about one thing. The interface everybody is handed, and its making from pino. */
import { type DestinationStream, pino } from 'pino';
import type { Clock } from './clock.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';
/** The thing a line is about; values are shown as they are, so bytes are turned into text by the caller. */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Log {
  /** For us. */
  debug(sentence: string, facts?: Facts): void;
  /** For owners: something happened that they may want to know. */
  info(sentence: string, facts?: Facts): void;
  warn(sentence: string, facts?: Facts): void;
  error(sentence: string, facts?: Facts): void;
}

export const silentLog: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A log of JSON lines on `destination` (stderr in every door), stamped by our clock. Keys of secrets are blanked. */
export function jsonLog(clock: Clock, level: LogLevel, destination: DestinationStream): Log {
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'say',
      timestamp: () => `,"at":"${new Date(clock.now()).toISOString()}"`,
      redact: { paths: ['key', 'apiKey', 'headers'], censor: '…' },
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return {
    debug: (sentence, facts) => logger.debug(facts ?? {}, sentence),
    info: (sentence, facts) => logger.info(facts ?? {}, sentence),
    warn: (sentence, facts) => logger.warn(facts ?? {}, sentence),
    error: (sentence, facts) => logger.error(facts ?? {}, sentence),
  };
}

/** Calendar and time zones: the one place that knows Temporal. */

/** The wall clock of an instant in a zone, to the second: `2024-07-14T09:21:33`. `zone` is an IANA name or an offset. */
export function wallClock(epochMs: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'second' });
}

/**
 * The instant (unix ms) at which clocks of `zone` show `local`. A time skipped in spring reads as the hour after,
 * a time shown twice in autumn as the first.
 */
export function instantOf(local: string, zone: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** The system's IANA time zone. */
export function systemTimeZone(): string {
  return Temporal.Now.timeZoneId();
}

/** True when `zone` is one that dates can be told in. */
export function isTimeZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

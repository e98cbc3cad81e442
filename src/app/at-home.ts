/** What phones, speakers and notices are told of the household: names, and whether there is anybody to tell. */
import type { MqttConfig, SourceConfig } from '../config/index.ts';
import { deviceIdOf } from '../domain/index.ts';
import type { HomeAssistant } from '../hass/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { NamedTeller } from '../tell/index.ts';

/** Tells two Homerolls of one household apart, as their topics do; the id of the device, where there is one. */
export function nameInTheHome(mqtt: Pick<MqttConfig, 'topic'> | undefined): string {
  return deviceIdOf(mqtt?.topic ?? 'homeroll');
}

export function phonesOf(tellers: readonly NamedTeller[]): readonly { readonly name: string; readonly action: string }[] {
  return tellers.flatMap(({ name, teller }) => (teller.kind === 'phone' ? [{ name, action: teller.action }] : []));
}

/** Somebody is told by Home Assistant, or it is asked for calendars. */
export function isHomeAsked(tellers: readonly NamedTeller[], sources: readonly Pick<SourceConfig, 'calendars'>[]): boolean {
  const isTold = tellers.some(({ teller }) => teller.kind === 'phone' || teller.kind === 'speaker');
  return isTold || isCalendarAsked(sources);
}

export function isCalendarAsked(sources: readonly Pick<SourceConfig, 'calendars'>[]): boolean {
  return sources.some(({ calendars = [] }) => calendars.length > 0);
}

/** Home Assistant is up, or it was waited for long enough. */
export async function untilUp(
  home: Pick<HomeAssistant, 'onUp'>,
  { clock, patienceMs }: { readonly clock: Clock; readonly patienceMs: number },
  signal: AbortSignal,
): Promise<void> {
  const enough = new AbortController();
  const stopListening = home.onUp((isUp) => {
    if (isUp) enough.abort();
  });
  await clock.sleep(patienceMs, AbortSignal.any([signal, enough.signal])).catch(() => undefined);
  stopListening();
}

/** A phone with Home Assistant's app: it gets messages, somebody answers them, and it is carried about. */
import type { RealHomeAssistant } from './home-assistant.ts';
import { waitFor } from './wait-for.ts';

export interface PhoneMessage {
  readonly title?: string;
  readonly message: string;
  readonly data?: {
    readonly tag?: string;
    readonly group?: string;
    readonly image?: string;
    readonly actions?: readonly { readonly action: string; readonly title: string }[];
    readonly action_data?: unknown;
  };
}

const places = { home: [52.52, 13.405], away: [48.1, 11.6] } as const;

export class Phone {
  /** `mobile_app_anna_phone` */
  readonly action: string;
  /** `person.anna` */
  readonly person: string;
  /** All that came, in order. */
  readonly messages: PhoneMessage[] = [];
  readonly #home: RealHomeAssistant;
  readonly #webhook: string;

  private constructor(home: RealHomeAssistant, webhook: string, name: string) {
    this.#home = home;
    this.#webhook = webhook;
    this.action = `mobile_app_${name.toLowerCase()}_phone`;
    this.person = `person.${name.toLowerCase()}`;
  }

  /** Registers it, and makes a person who carries it. @param name one word */
  static async of(home: RealHomeAssistant, name: string): Promise<Phone> {
    const { webhook_id } = (await home.rest('POST', '/api/mobile_app/registrations', {
      device_id: `phone-${name}`,
      app_id: 'tests',
      app_name: 'Tests',
      app_version: '1',
      device_name: `${name} Phone`,
      manufacturer: 'Acme',
      model: 'P1',
      os_name: 'OS',
      os_version: '1',
      supports_encryption: false,
      app_data: { push_websocket_channel: true },
    })) as { readonly webhook_id: string };
    const phone = new Phone(home, webhook_id, name);
    await home.subscribe({ type: 'mobile_app/push_notification_channel', webhook_id }, (message) => {
      phone.messages.push(message as unknown as PhoneMessage);
    });
    await giveTo(home, name, `device_tracker.${name.toLowerCase()}_phone`);
    await waitFor(`the action notify.${phone.action}`, async () => {
      const { notify = {} } = (await home.ask({ type: 'get_services' })) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
      return Object.hasOwn(notify, phone.action);
    });
    return phone;
  }

  /** What its screen shows: of each tag the newest, without what was withdrawn. */
  get shown(): readonly PhoneMessage[] {
    const shown = new Map<string, PhoneMessage>();
    for (const [index, message] of this.messages.entries()) {
      const tag = message.data?.tag ?? `untagged ${index}`;
      shown.delete(tag);
      if (message.message !== 'clear_notification') shown.set(tag, message);
    }
    return [...shown.values()];
  }

  /** The first message that says this. */
  gets(words: RegExp): Promise<PhoneMessage> {
    return waitFor(
      `a message like ${words} on the phone`,
      () => this.messages.find(({ message }) => words.test(message)),
      () => this.messages,
    );
  }

  /** Somebody touches one of a message's buttons. */
  async answer({ data = {} }: PhoneMessage, title: string): Promise<void> {
    const action = data.actions?.find((one) => one.title === title)?.action;
    if (action === undefined) throw new Error(`the message has no button ${title}: ${JSON.stringify(data)}`);
    const event_data = { action, tag: data.tag, action_data: data.action_data };
    await this.#tell('fire_event', { event_type: 'mobile_app_notification_action', event_data });
  }

  async moveTo(place: keyof typeof places): Promise<void> {
    await this.#tell('update_location', { gps: places[place], gps_accuracy: 10 });
    await this.#home.waitForState(this.person, place === 'home' ? 'home' : 'not_home');
  }

  async #tell(type: string, data: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#home.rest('POST', `/api/webhook/${this.#webhook}`, { type, data });
  }
}

/** Home Assistant takes whoever registers a phone for its owner, so it is taken away from that person first. */
async function giveTo(home: RealHomeAssistant, name: string, tracker: string): Promise<void> {
  interface Person {
    readonly id: string;
    readonly device_trackers: readonly string[];
  }
  const { storage } = (await home.ask({ type: 'person/list' })) as { readonly storage: readonly Person[] };
  for (const { id, device_trackers } of storage) {
    const others = device_trackers.filter((one) => one !== tracker);
    if (others.length < device_trackers.length) await home.ask({ type: 'person/update', person_id: id, device_trackers: others });
  }
  await home.ask({ type: 'person/create', name, user_id: null, device_trackers: [tracker] });
}

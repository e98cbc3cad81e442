/** All entities that Home Assistant is shown, as a table: of the household, and of each source. */
import { asConfigured } from '../desk/index.ts';
import type { Word } from './words.ts';

export type Platform = 'sensor' | 'binary_sensor' | 'button' | 'switch' | 'select' | 'image' | 'event' | 'update';

export interface Entity {
  /** Ends its unique id; names its value in the state, or its command topic. */
  readonly key: Word;
  readonly platform: Platform;
  /** Anything else of Home Assistant's, as it calls it. */
  readonly is?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** Counted in pictures. */
  readonly isCount?: boolean;
  /** Its state is told in a smaller unit than it is shown in: by so much. */
  readonly dividedBy?: number;
  /** There also while Homeroll is away. */
  readonly isAlwaysThere?: boolean;
}

/** What else an automation may choose from. */
export const proofs: readonly string[] = [asConfigured, 'every', 'sample 5%', 'checksum'];

export const eventTypes = [
  'batch_safe',
  'blocked',
  'proof_failed',
  'source_away',
  'source_back',
  'key_refused',
  'lost_before_safe',
] as const;
export type EventType = (typeof eventTypes)[number];

const diagnostic = 'diagnostic';
const config = 'config';

const counts: readonly Entity[] = [
  { key: 'safe', platform: 'sensor', isCount: true, is: { icon: 'mdi:shield-check' } },
  { key: 'waiting', platform: 'sensor', isCount: true, is: { icon: 'mdi:tray-full' } },
  { key: 'blocked', platform: 'sensor', isCount: true, is: { icon: 'mdi:hand-back-right' } },
  { key: 'stored', platform: 'sensor', isCount: true, is: { icon: 'mdi:cloud-check' } },
];
const backUp: Entity = { key: 'back_up', platform: 'button', is: { icon: 'mdi:cloud-upload' } };
const paused: Entity = { key: 'paused', platform: 'switch', is: { icon: 'mdi:pause-circle' } };

export const householdEntities: readonly Entity[] = [
  ...counts,
  {
    key: 'bytes_safe',
    platform: 'sensor',
    is: { device_class: 'data_size', state_class: 'measurement', unit_of_measurement: 'GB', suggested_display_precision: 1 },
    dividedBy: 1e9,
  },
  { key: 'last_safe_at', platform: 'sensor', is: { device_class: 'timestamp', icon: 'mdi:clock-check' } },
  { key: 'oldest_waiting', platform: 'sensor', is: { device_class: 'timestamp', icon: 'mdi:clock-alert' } },
  {
    key: 'speed',
    platform: 'sensor',
    is: {
      device_class: 'data_rate',
      state_class: 'measurement',
      unit_of_measurement: 'MB/s',
      suggested_display_precision: 1,
      icon: 'mdi:speedometer',
    },
    dividedBy: 1e6,
  },
  { key: 'immich_version', platform: 'sensor', is: { entity_category: diagnostic, icon: 'mdi:tag' } },
  { key: 'problem', platform: 'binary_sensor', is: { device_class: 'problem' } },
  { key: 'immich', platform: 'binary_sensor', is: { device_class: 'connectivity', entity_category: diagnostic } },
  { key: 'working', platform: 'binary_sensor', is: { device_class: 'running' } },
  { key: 'connection', platform: 'binary_sensor', is: { device_class: 'connectivity', entity_category: diagnostic }, isAlwaysThere: true },
  backUp,
  { key: 'verify', platform: 'button', is: { icon: 'mdi:shield-search' } },
  { key: 'retry', platform: 'button', is: { icon: 'mdi:reload' } },
  paused,
  { key: 'proof', platform: 'select', is: { entity_category: config, icon: 'mdi:shield-edit' } },
  { key: 'picture', platform: 'image', is: { icon: 'mdi:image' } },
  { key: 'event', platform: 'event', is: { event_types: eventTypes, icon: 'mdi:newspaper' } },
  { key: 'update', platform: 'update', is: { entity_category: diagnostic } },
];

export const sourceEntities: readonly Entity[] = [
  ...counts,
  { key: 'unjudged', platform: 'sensor', isCount: true, is: { icon: 'mdi:eye-off' } },
  {
    key: 'safe_percent',
    platform: 'sensor',
    is: { state_class: 'measurement', unit_of_measurement: '%', icon: 'mdi:percent' },
  },
  { key: 'waits_for', platform: 'sensor', is: { entity_category: diagnostic, icon: 'mdi:timer-sand' } },
  { key: 'last_look', platform: 'sensor', is: { device_class: 'timestamp', entity_category: diagnostic, icon: 'mdi:eye-check' } },
  { key: 'next_run', platform: 'sensor', is: { device_class: 'timestamp', entity_category: diagnostic, icon: 'mdi:calendar-clock' } },
  { key: 'present', platform: 'binary_sensor', is: { device_class: 'connectivity', entity_category: diagnostic } },
  backUp,
  paused,
];

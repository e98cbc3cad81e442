/** What a Sonos speaker does when it is asked: its state before and an action in, its state after and the answer out. Pure. */
import { type Fields, type SonosIdentity, type SonosState, topology } from './sonos-texts.ts';

export interface SonosCommand {
  readonly service: string;
  readonly action: string;
  readonly args: Fields;
}

export interface Done {
  readonly state: SonosState;
  /** A number is a UPnP error. */
  readonly answer: Fields | number;
}

/** Actions that only ask; anything else changes something. */
export function isQuestion({ action }: SonosCommand): boolean {
  return /^(Get|List|Browse)/.test(action);
}

export function perform(command: SonosCommand, identity: SonosIdentity, state: SonosState): Done {
  const changed = { ...state, ...changeOf(command) };
  const known = answerOf(command, identity, changed);
  return { state: changed, answer: known ?? (isQuestion(command) ? 401 : {}) };
}

function changeOf({ action, args }: SonosCommand): Partial<SonosState> {
  switch (action) {
    case 'SetAVTransportURI':
      return { uri: args.CurrentURI ?? '', metadata: args.CurrentURIMetaData ?? '' };
    case 'AddURIToQueue':
      return { uri: args.EnqueuedURI ?? '' };
    case 'Play':
      return { transport: 'PLAYING' };
    case 'Pause':
      return { transport: 'PAUSED_PLAYBACK' };
    case 'Stop':
      return { transport: 'STOPPED' };
    case 'SetVolume':
      return { volume: Number(args.DesiredVolume) };
    case 'SetMute':
      return { isMute: args.DesiredMute === '1' };
    default:
      return {};
  }
}

function answerOf(command: SonosCommand, identity: SonosIdentity, state: SonosState): Fields | number | undefined {
  switch (command.service) {
    case 'AVTransport':
      return transportAnswer(command.action, state);
    case 'RenderingControl':
      return soundAnswer(command, state);
    case 'ZoneGroupTopology':
      return { ZoneGroupState: topology(identity, state) };
    case 'DeviceProperties':
      return properties[command.action];
    case 'AlarmClock':
      return { CurrentAlarmList: '<Alarms></Alarms>', CurrentAlarmListVersion: `${identity.uid}:1` };
    case 'ContentDirectory':
      return { Result: noFavourites, NumberReturned: '0', TotalMatches: '0', UpdateID: '1' };
    default:
      return {};
  }
}

const properties: Readonly<Record<string, Fields>> = {
  GetHouseholdID: { CurrentHouseholdID: 'Sonos_fakehousehold0000000000000' },
  GetLEDState: { CurrentLEDState: 'On' },
  GetButtonLockState: { CurrentButtonLockState: 'Off' },
  GetAutoplayRoomUUID: { RoomUUID: '', Source: '' },
};

const noFavourites =
  '<DIDL-Lite xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:upnp="urn:schemas-upnp-org:metadata-1-0/upnp/" ' +
  'xmlns:r="urn:schemas-rinconnetworks-com:metadata-1-0/" xmlns="urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/"></DIDL-Lite>';

function transportAnswer(action: string, { transport, uri, metadata }: SonosState): Fields | undefined {
  const tracks = uri === '' ? '0' : '1';
  const answers: Readonly<Record<string, Fields>> = {
    GetTransportInfo: { CurrentTransportState: transport, CurrentTransportStatus: 'OK', CurrentSpeed: '1' },
    GetTransportSettings: { PlayMode: 'NORMAL', RecQualityMode: 'NOT_IMPLEMENTED' },
    GetCrossfadeMode: { CrossfadeMode: '0' },
    GetRemainingSleepTimerDuration: { RemainingSleepTimerDuration: '', CurrentSleepTimerGeneration: '0' },
    GetPositionInfo: {
      Track: tracks,
      TrackDuration: '0:01:00',
      TrackMetaData: metadata,
      TrackURI: uri,
      RelTime: '0:00:00',
      AbsTime: 'NOT_IMPLEMENTED',
      RelCount: '2147483647',
      AbsCount: '2147483647',
    },
    GetMediaInfo: {
      NrTracks: tracks,
      MediaDuration: 'NOT_IMPLEMENTED',
      CurrentURI: uri,
      CurrentURIMetaData: metadata,
      NextURI: '',
      NextURIMetaData: '',
      PlayMedium: 'NETWORK',
    },
    AddURIToQueue: { FirstTrackNumberEnqueued: '1', NumTracksAdded: '1', NewQueueLength: '1' },
  };
  return answers[action];
}

function soundAnswer({ action, args }: SonosCommand, { volume, isMute }: SonosState): Fields | number | undefined {
  const answers: Readonly<Record<string, Fields>> = {
    GetVolume: { CurrentVolume: String(volume) },
    GetMute: { CurrentMute: isMute ? '1' : '0' },
    GetBass: { CurrentBass: '0' },
    GetTreble: { CurrentTreble: '0' },
    GetLoudness: { CurrentLoudness: '1' },
    GetSupportsOutputFixed: { CurrentSupportsFixed: '0' },
    RampToVolume: { RampTime: '1' },
  };
  // The equaliser of a plain speaker; a home theatre has more of it.
  if (action === 'GetEQ') return args.EQType === 'MusicSurroundLevel' ? { CurrentValue: '0' } : 402;
  return answers[action];
}

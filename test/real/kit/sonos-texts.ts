/** What a Sonos speaker says of itself in XML: its description, its group, its events, its answers. Pure. */

export interface SonosIdentity {
  readonly host: string;
  readonly port: number;
  readonly room: string;
  readonly uid: string;
}

export interface SonosState {
  readonly transport: 'STOPPED' | 'PLAYING' | 'PAUSED_PLAYBACK';
  readonly uri: string;
  readonly metadata: string;
  readonly volume: number;
  readonly isMute: boolean;
  /** It says goodbye, as one that is switched off. */
  readonly isVanished: boolean;
}

export type Fields = Readonly<Record<string, string>>;

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export function unescapeXml(text: string): string {
  const plain = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'");
  return plain.replaceAll('&amp;', '&');
}

function tags(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join('');
}

export function describe({ host, room, uid }: SonosIdentity): string {
  const device = {
    friendlyName: `${host} - Sonos One - ${uid}`,
    manufacturer: 'Sonos, Inc.',
    modelNumber: 'S18',
    modelDescription: 'Sonos One',
    modelName: 'Sonos One',
    softwareVersion: '80.1-50000',
    hardwareVersion: '1.26.1.7-2.1',
    serialNum: `${uid.slice(7, 19).match(/../g)?.join('-') ?? ''}:1`,
    displayVersion: '16.3',
    roomName: room,
    UDN: `uuid:${uid}`,
  };
  const icons = '<iconList><icon><url>/img/icon-S18.png</url></icon></iconList>';
  const type = '<deviceType>urn:schemas-upnp-org:device:ZonePlayer:1</deviceType>';
  return `<?xml version="1.0" encoding="utf-8" ?><root xmlns="urn:schemas-upnp-org:device-1-0"><device>${type}${tags(device)}${icons}</device></root>`;
}

export function topology({ host, port, room, uid }: SonosIdentity, { isVanished }: SonosState): string {
  const member =
    `<ZoneGroupMember UUID="${uid}" Location="http://${host}:${port}/xml/device_description.xml" ZoneName="${escapeXml(room)}" Icon="" ` +
    'Configuration="1" SoftwareVersion="80.1-50000" MinCompatibleVersion="79.0-00000" BootSeq="1" MicEnabled="0"/>';
  const group = `<ZoneGroup Coordinator="${uid}" ID="${uid}:1">${member}</ZoneGroup>`;
  const vanished = isVanished ? `<Device UUID="${uid}" ZoneName="${escapeXml(room)}" Reason="powered off"/>` : '';
  return `<ZoneGroupState><ZoneGroups>${group}</ZoneGroups><VanishedDevices>${vanished}</VanishedDevices></ZoneGroupState>`;
}

function transportChange({ transport, uri }: SonosState): string {
  const values = {
    TransportState: transport,
    CurrentPlayMode: 'NORMAL',
    CurrentCrossfadeMode: '0',
    NumberOfTracks: uri === '' ? '0' : '1',
    CurrentTrack: '1',
    CurrentSection: '0',
    CurrentTrackURI: uri,
    CurrentTrackDuration: '0:01:00',
    CurrentTrackMetaData: '',
    'r:EnqueuedTransportURI': uri,
    'r:EnqueuedTransportURIMetaData': '',
    AVTransportURI: uri,
    AVTransportURIMetaData: '',
  };
  const said = Object.entries(values).map(([name, value]) => `<${name} val="${escapeXml(value)}"/>`);
  const spaces = 'xmlns="urn:schemas-upnp-org:metadata-1-0/AVT/" xmlns:r="urn:schemas-rinconnetworks-com:metadata-1-0/"';
  return `<Event ${spaces}><InstanceID val="0">${said.join('')}</InstanceID></Event>`;
}

function soundChange({ volume, isMute }: SonosState): string {
  const channels = `<Volume channel="Master" val="${volume}"/><Volume channel="LF" val="100"/><Volume channel="RF" val="100"/>`;
  const tone = '<Bass val="0"/><Treble val="0"/><Loudness channel="Master" val="1"/>';
  const inner = `${channels}<Mute channel="Master" val="${isMute ? '1' : '0'}"/>${tone}`;
  return `<Event xmlns="urn:schemas-upnp-org:metadata-1-0/RCS/"><InstanceID val="0">${inner}</InstanceID></Event>`;
}

function changesOf(service: string, identity: SonosIdentity, state: SonosState): Fields {
  switch (service) {
    case 'ZoneGroupTopology':
      return { ZoneGroupState: topology(identity, state) };
    case 'AVTransport':
      return { LastChange: transportChange(state) };
    case 'RenderingControl':
      return { LastChange: soundChange(state) };
    case 'DeviceProperties':
      return { ZoneName: identity.room, Icon: '', Configuration: '1' };
    case 'AlarmClock':
      return { AlarmListVersion: `${identity.uid}:1` };
    case 'ContentDirectory':
      return { SystemUpdateID: '1', ContainerUpdateIDs: 'FV:2,1', FavoritesUpdateID: `${identity.uid},1` };
    default:
      return {};
  }
}

/** What is sent to those who follow a service. */
export function eventText(service: string, identity: SonosIdentity, state: SonosState): string {
  const properties = Object.entries(changesOf(service, identity, state)).map(
    ([name, value]) => `<e:property>${tags({ [name]: value })}</e:property>`,
  );
  return `<e:propertyset xmlns:e="urn:schemas-upnp-org:event-1-0">${properties.join('')}</e:propertyset>`;
}

const envelope = 'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"';

export function answerText(service: string, action: string, fields: Fields): string {
  const name = `u:${action}Response`;
  const inner = `<${name} xmlns:u="urn:schemas-upnp-org:service:${service}:1">${tags(fields)}</${name}>`;
  return `<s:Envelope ${envelope}><s:Body>${inner}</s:Body></s:Envelope>`;
}

export function faultText(code: number): string {
  const error = `<UPnPError xmlns="urn:schemas-upnp-org:control-1-0"><errorCode>${code}</errorCode></UPnPError>`;
  const fault = `<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>${error}</detail></s:Fault>`;
  return `<s:Envelope ${envelope}><s:Body>${fault}</s:Body></s:Envelope>`;
}

/** Actions that clients call without naming arguments; they look those up in the description of the service. */
const withoutArguments: Readonly<Record<string, readonly string[]>> = {
  ZoneGroupTopology: ['GetZoneGroupState', 'GetZoneGroupAttributes'],
  DeviceProperties: ['GetHouseholdID', 'GetLEDState', 'GetButtonLockState', 'GetZoneInfo', 'GetZoneAttributes'],
  AlarmClock: ['ListAlarms'],
};

export function serviceText(service: string): string {
  const actions = (withoutArguments[service] ?? []).map((name) => `<action><name>${name}</name><argumentList/></action>`);
  const inner = `<serviceStateTable/><actionList>${actions.join('')}</actionList>`;
  return `<?xml version="1.0" encoding="utf-8" ?><scpd xmlns="urn:schemas-upnp-org:service-1-0">${inner}</scpd>`;
}

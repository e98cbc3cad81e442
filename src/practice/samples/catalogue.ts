/** The practice household's pictures: three years of holidays, two phones, three cameras and a scanner. */
import type { CameraNote } from './exif.ts';
import type { Scene } from './painting.ts';
import { palettes } from './palettes.ts';
import type { Content, Sample } from './sample.ts';

type Place = NonNullable<CameraNote['place']>;

const canon = { make: 'Canon', model: 'Canon EOS R7' };
const nikon = { make: 'NIKON CORPORATION', model: 'NIKON Z 6_2' };
const sony = { make: 'SONY', model: 'ILCE-7M4' };
const leica = { make: 'LEICA CAMERA AG', model: 'LEICA Q3' };
const iphone = { make: 'Apple', model: 'iPhone 15' };
const pixel = { make: 'Google', model: 'Pixel 8' };
const galaxy = { make: 'samsung', model: 'SM-S921B' };
const scanner = { make: 'EPSON', model: 'Perfection V600' };

const harz: Place = { latitude: 51.7992, longitude: 10.6153 };
const lofoten: Place = { latitude: 68.2347, longitude: 14.5612 };
const cascais: Place = { latitude: 38.6979, longitude: -9.4215 };
const kyoto: Place = { latitude: 35.0116, longitude: 135.7681 };
const garmisch: Place = { latitude: 47.4917, longitude: 11.0955 };
const berlin: Place = { latitude: 52.52, longitude: 13.405 };
const stewartIsland: Place = { latitude: -46.8989, longitude: 168.1297 };

type Light = keyof typeof palettes;
type Sun = Scene['sun'];
const scene = (land: Scene['land'], light: Light, more: { seed: number; sun?: [number, number]; clouds?: number }): Scene => {
  const sun: Sun = more.sun && { x: more.sun[0], y: more.sun[1] };
  return {
    land,
    palette: palettes[light],
    seed: more.seed,
    ...(sun && { sun }),
    ...(more.clouds !== undefined && { clouds: more.clouds }),
  };
};

/** Splits `2024-07-14T09:21:33+02:00` into what a camera writes down. */
const on = (moment: string): Pick<CameraNote, 'local' | 'offset'> => {
  const offset = moment.slice(19);
  return { local: moment.slice(0, 19), ...(offset && { offset }) };
};

/** A picture whose file was last changed when it was taken, as cameras leave them. */
const taken = (path: string, moment: string, content: Content): Sample => ({ path, modifiedAt: moment, ...content });

const jpeg = (path: string, moment: string, more: { scene: Scene; by: Pick<CameraNote, 'make' | 'model'>; place?: Place }): Sample => {
  const note: CameraNote = { ...more.by, ...on(moment), ...(more.place && { place: more.place }) };
  return taken(path, moment, { kind: 'jpeg', scene: more.scene, note });
};

const liveIdentifier = '5D2C7A1E-0B64-4E0C-9F3B-6A8E1D4C2F70';
const fjord = jpeg('2024 Lofoten/DSC_4417.JPG', '2024-02-18T10:12:51+01:00', {
  scene: scene('coast', 'dawn', { seed: 66, sun: [0.36, 0.46] }),
  by: nikon,
  place: lofoten,
});
const reine: CameraNote = { ...nikon, ...on('2024-02-17T21:48:09+01:00'), place: lofoten };
const reineScene = scene('mountains', 'polar', { seed: 471, sun: [0.7, 0.16], clouds: 0.75 });

export const samples: readonly Sample[] = [
  jpeg('2023 Autumn in the Harz/IMG_0412.JPG', '2023-10-14T08:41:20', {
    scene: scene('forest', 'autumn', { seed: 12, sun: [0.62, 0.24] }),
    by: canon,
    place: harz,
  }),
  jpeg('2023 Autumn in the Harz/IMG_0415.JPG', '2023-10-14T09:05:47', {
    scene: scene('hills', 'morning', { seed: 15, sun: [0.25, 0.3] }),
    by: canon,
    place: harz,
  }),
  jpeg('2023 Autumn in the Harz/IMG_0431.JPG', '2023-10-15T17:52:03', {
    scene: scene('hills', 'golden', { seed: 31, sun: [0.72, 0.42] }),
    by: canon,
  }),
  jpeg('2023 Christmas/IMG_1207.JPG', '2023-12-24T17:20:11+01:00', {
    scene: scene('town', 'night', { seed: 207, sun: [0.78, 0.18] }),
    by: iphone,
    place: berlin,
  }),
  taken('2023 Christmas/IMG_1212.PNG', '2023-12-25T10:30:00+01:00', {
    kind: 'png',
    scene: scene('forest', 'winter', { seed: 212, sun: [0.3, 0.25], clouds: 0.3 }),
    note: { ...iphone, ...on('2023-12-25T10:30:00+01:00'), place: berlin },
  }),

  taken('2024 Lofoten/DSC_4410.NEF', '2024-02-17T21:48:09+01:00', { kind: 'raw', format: 'nef', scene: reineScene, note: reine }),
  taken('2024 Lofoten/DSC_4410.JPG', '2024-02-17T21:48:09+01:00', { kind: 'jpeg', scene: reineScene, note: reine }),
  fjord,
  { path: '2024 Lofoten/DSC_4417.xmp', kind: 'text', text: sidecar('The fjord before breakfast', 5) },
  taken('2024 Lofoten/DSC00098.ARW', '2024-02-19T15:02:40+01:00', {
    kind: 'raw',
    format: 'arw',
    scene: scene('sea', 'storm', { seed: 98, sun: [0.55, 0.3], clouds: 0.8 }),
    note: { ...sony, ...on('2024-02-19T15:02:40+01:00'), place: lofoten },
  }),

  taken('2024 Summer at the sea/IMG_2041.HEIC', '2024-07-14T20:47:33+01:00', {
    kind: 'heif',
    scene: scene('sea', 'dusk', { seed: 41, sun: [0.4, 0.42] }),
    note: { ...iphone, ...on('2024-07-14T20:47:33+01:00'), place: cascais, contentIdentifier: liveIdentifier },
  }),
  taken('2024 Summer at the sea/IMG_2041.MOV', '2024-07-14T20:47:33+01:00', {
    kind: 'movie',
    scene: scene('sea', 'dusk', { seed: 41, sun: [0.4, 0.42] }),
    note: {
      brand: 'qt  ',
      isHeadAtEnd: true,
      createdAtMs: Date.UTC(2024, 6, 14, 19, 47, 33),
      keys: { ...appleKeys('2024-07-14T20:47:33+0100'), 'com.apple.quicktime.content.identifier': liveIdentifier },
    },
  }),
  taken('2024 Summer at the sea/IMG_2042.HEIC', '2024-07-15T11:04:58+01:00', {
    kind: 'heif',
    scene: scene('coast', 'noon', { seed: 42, sun: [0.3, 0.2], clouds: 0.45 }),
    note: { ...iphone, ...on('2024-07-15T11:04:58+01:00'), place: cascais },
  }),
  jpeg('2024 Summer at the sea/IMG_2045.JPG', '2024-07-15T13:31:00+01:00', {
    scene: scene('dunes', 'noon', { seed: 45, sun: [0.8, 0.14] }),
    by: iphone,
    place: cascais,
  }),
  taken('2024 Summer at the sea/IMG_2047.JPG', '2024-07-16T06:22:17+01:00', {
    kind: 'jpeg',
    isUpright: true,
    scene: scene('sea', 'dawn', { seed: 47, sun: [0.5, 0.4] }),
    note: { ...iphone, ...on('2024-07-16T06:22:17+01:00'), place: cascais, orientation: 6 },
  }),
  taken('2024 Summer at the sea/IMG_2050.MOV', '2024-07-17T21:01:12+01:00', {
    kind: 'movie',
    scene: scene('coast', 'golden', { seed: 50, sun: [0.35, 0.3] }),
    note: { brand: 'qt  ', isHeadAtEnd: false, createdAtMs: Date.UTC(2024, 6, 17, 20, 1, 12), keys: appleKeys('2024-07-17T21:01:12+0100') },
  }),

  jpeg('2024 Kyoto/PXL_20241118_080512345.jpg', '2024-11-18T17:05:12+09:00', {
    scene: scene('town', 'dusk', { seed: 118, sun: [0.22, 0.36] }),
    by: pixel,
    place: kyoto,
  }),
  jpeg('2024 Kyoto/PXL_20241119_012233410.jpg', '2024-11-19T10:22:33+09:00', {
    scene: scene('forest', 'morning', { seed: 119, sun: [0.7, 0.2] }),
    by: pixel,
    place: kyoto,
  }),
  taken('2024 Kyoto/PXL_20241119_073015222.mp4', '2024-11-19T16:30:17+09:00', {
    kind: 'movie',
    scene: scene('hills', 'autumn', { seed: 120, sun: [0.5, 0.22] }),
    note: {
      brand: 'mp42',
      isHeadAtEnd: false,
      createdAtMs: Date.UTC(2024, 10, 19, 7, 30, 15),
      oldKeys: { '\xa9xyz': '+35.0116+135.7681/' },
    },
  }),

  jpeg('2025 New Zealand/IMG_0007.JPG', '2025-01-09T06:12:44', {
    scene: scene('mountains', 'dawn', { seed: 77, sun: [0.3, 0.3] }),
    by: canon,
    place: stewartIsland,
  }),
  taken('2025 New Zealand/IMG_0009.CR2', '2025-01-09T12:40:05+13:00', {
    kind: 'raw',
    format: 'cr2',
    scene: scene('coast', 'morning', { seed: 79, sun: [0.62, 0.26] }),
    note: { ...canon, ...on('2025-01-09T12:40:05+13:00'), place: stewartIsland },
  }),
  taken('2025 Alps/L1000123.DNG', '2025-02-22T09:15:30+01:00', {
    kind: 'raw',
    format: 'dng',
    scene: scene('mountains', 'winter', { seed: 123, sun: [0.75, 0.16], clouds: 0.2 }),
    note: { ...leica, ...on('2025-02-22T09:15:30+01:00'), place: garmisch },
  }),
  taken('2025 Alps/VID_20250222_141503.mp4', '2025-02-22T14:15:08+01:00', {
    kind: 'movie',
    scene: scene('mountains', 'noon', { seed: 125, sun: [0.2, 0.14] }),
    note: { brand: 'mp42', isHeadAtEnd: true, createdAtMs: 0 },
  }),

  jpeg('Camera/20250601_203015.jpg', '2025-06-01T20:30:15', {
    scene: scene('hills', 'dusk', { seed: 203, sun: [0.58, 0.4] }),
    by: galaxy,
    place: berlin,
  }),
  jpeg('Camera/20250608_054210.jpg', '2025-06-08T05:42:10', {
    scene: scene('town', 'dawn', { seed: 208, sun: [0.35, 0.3] }),
    by: galaxy,
    place: berlin,
  }),
  { path: 'Camera/20250608_054211.jpg', kind: 'text', text: '' },
  jpeg('Camera/20250712_214455.jpg', '2025-07-12T21:44:55', { scene: scene('sea', 'night', { seed: 214, sun: [0.66, 0.22] }), by: galaxy }),
  { path: 'From Ben/IMG-20250105-WA0003.jpg', kind: 'jpeg', scene: scene('dunes', 'golden', { seed: 3, sun: [0.3, 0.3] }) },
  { ...fjord, path: 'From Ben/The fjord before breakfast.JPG' },
  { path: 'Screenshots/Screenshot_20250302-201455.png', kind: 'png', scene: scene('hills', 'night', { seed: 302, sun: [0.5, 0.25] }) },
  { path: 'Scans/1987-06-21 Grandma’s garden.png', kind: 'png', scene: scene('forest', 'sepia', { seed: 87, sun: [0.3, 0.3] }) },
  jpeg('Scans/Scan 0007.jpg', '1994-08-02T12:00:00', { scene: scene('coast', 'grey', { seed: 94, sun: [0.6, 0.3] }), by: scanner }),
  { path: 'Scans/To do.txt', kind: 'text', text: 'Still to scan: the blue album, the box on the wardrobe, Grandpa’s slides.\n' },
];

/** Written in steps while Homeroll already watches, as a sync app or a slow copy does it. */
export const slowSample: Sample = {
  path: 'Camera/20251004_181207.jpg',
  kind: 'jpeg',
  scene: scene('forest', 'golden', { seed: 1004, sun: [0.52, 0.3] }),
  note: { ...galaxy, ...on('2025-10-04T18:12:07'), place: berlin },
};

function appleKeys(date: string): Readonly<Record<string, string>> {
  return {
    'com.apple.quicktime.make': iphone.make,
    'com.apple.quicktime.model': iphone.model,
    'com.apple.quicktime.creationdate': date,
    'com.apple.quicktime.location.ISO6709': '+38.6979-009.4215+012.300/',
  };
}

function sidecar(title: string, rating: number): string {
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmp:Rating="${rating}">
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:description>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`;
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dateInName } from './name-date.ts';

/** Who writes it, the name, and the wall clock that it tells. */
const makers = [
  ['a dashcam of Viofo', '2023_0102_101112_001.MP4', '2023-01-02T10:11:12'],
  ['a newer dashcam of Viofo', '20230102101112_000123.MP4', '2023-01-02T10:11:12'],
  ['a dashcam of Mio', 'FILE230102-101112F.MOV', '2023-01-02T10:11:12'],
  ['a dashcam of Mio, in an emergency', 'EMER230102-101112R.MP4', '2023-01-02T10:11:12'],
  ['a dashcam of Nextbase', '230102_101112_001_FH.MP4', '2023-01-02T10:11:12'],
  ['a dashcam of 70mai', 'NO20230102-101112-000123F.MP4', '2023-01-02T10:11:12'],
  ['a dashcam of BlackVue', '20230102_101112_NF.mp4', '2023-01-02T10:11:12'],
  ['a dashcam of Thinkware', 'REC_2023_01_02_10_11_12_F.MP4', '2023-01-02T10:11:12'],
  ['a dashcam of Xiaomi', '20230102_101112A.MP4', '2023-01-02T10:11:12'],
  ['a Tesla', '2023-01-02_10-11-12-front.mp4', '2023-01-02T10:11:12'],
  ['Epson’s scanner', 'img20191231_10111234.jpg', '2019-12-31T10:11:12'],
  ['Canon’s scanner', 'IMG_20191231_0001.jpg', '2019-12-31T12:00:00'],
  ['Windows’ scanner', 'Scan_20191231 (2).png', '2019-12-31T12:00:00'],
  ['ScanSnap', '20191231101112_001.jpg', '2019-12-31T10:11:12'],
  ['Telegram’s export', 'photo_123@14-07-2024_09-21-33.jpg', '2024-07-14T09:21:33'],
  ['Telegram’s export of a video', 'video_7@31-12-2023_23-59-59.mp4', '2023-12-31T23:59:59'],
  ['Telegram', 'photo_2024-07-14_09-21-33.jpg', '2024-07-14T09:21:33'],
  ['Telegram’s second of one second', 'photo_2024-07-14_09-21-33 (2).jpg', '2024-07-14T09:21:33'],
  ['iOS, recording its screen', 'ScreenRecording_07-14-2024 09-21-33_1.MP4', '2024-07-14T09:21:33'],
  ['Xiaomi, recording its screen', 'Screenrecorder-2024-07-14-09-21-33-123.mp4', '2024-07-14T09:21:33'],
  ['Samsung, recording its screen', 'Screen_Recording_20240714_092133_Maps.mp4', '2024-07-14T09:21:33'],
  ['Android, recording its screen', 'screen-20240714-092133.mp4', '2024-07-14T09:21:33'],
  ['XRecorder', 'XRecorder_14072024_092133.mp4', '2024-07-14T09:21:33'],
  ['OBS', '2024-07-14 09-21-33.mkv', '2024-07-14T09:21:33'],
  ['ShadowPlay', 'Desktop 2024.07.14 - 09.21.33.05.DVR.mp4', '2024-07-14T09:21:33'],
  ['the game bar of Windows', 'Desktop 14.07.2024 09_21_33.mp4', '2024-07-14T09:21:33'],
  ['an iPhone in German', 'Foto 14.07.24, 09 21 33.jpg', '2024-07-14T09:21:33'],
  ['an iPhone in German, with the whole year', 'Video 14.07.2024, 09 21 33.mov', '2024-07-14T09:21:33'],
  ['a Mac in German', 'Bild 14.07.2024 um 09.21.33.jpeg', '2024-07-14T09:21:33'],
  ['the snipping tool of Windows', 'Screenshot 2024-07-14 092133.png', '2024-07-14T09:21:33'],
  ['Nintendo’s Switch', '2024071409213300-02CB906EA538A35643C1E1484C4B947D.jpg', '2024-07-14T09:21:33'],
  ['GNOME', 'Bildschirmfoto vom 2024-07-14 09-21-33.png', '2024-07-14T09:21:33'],
  ['WhatsApp on computers', 'WhatsApp Image 2024-07-14 at 09.21.33 (1).jpeg', '2024-07-14T09:21:33'],
  ['WhatsApp on computers, with an identifier', 'WhatsApp Image 2024-07-14 at 09.21.33_1a2b3c4d.jpg', '2024-07-14T09:21:33'],
  ['WhatsApp in German', 'WhatsApp Bild 2024-07-14 um 09.21.33.jpeg', '2024-07-14T09:21:33'],
  ['WhatsApp in Italian', 'Immagine WhatsApp 2024-07-14 ore 09.21.33.jpg', '2024-07-14T09:21:33'],
  ['WhatsApp in Portuguese', 'Imagem do WhatsApp de 2024-07-14 à(s) 09.21.33.jpg', '2024-07-14T09:21:33'],
  ['WhatsApp in Spanish', 'Imagen de WhatsApp 2024-07-14 a las 09.21.33_1a2b3c4d.jpg', '2024-07-14T09:21:33'],
  ['WhatsApp in Turkish', 'WhatsApp Görsel 2024-07-14 saat 09.21.33.jpg', '2024-07-14T09:21:33'],
  ['Viber', 'viber_image_2024-07-14_09-21-33-123.jpg', '2024-07-14T09:21:33'],
  ['Viber, of old', 'viber image 2024-07-14 , 09.21.33.jpg', '2024-07-14T09:21:33'],
  ['Signal on computers', 'signal-2024-07-14-09-21-33-123-1.jpg', '2024-07-14T09:21:33'],
  ['LINE', 'LINE_P20240714_092133123.jpg', '2024-07-14T09:21:33'],
  ['KakaoTalk', 'KakaoTalk_Photo_2024-07-14-09-21-33.jpeg', '2024-07-14T09:21:33'],
  ['WeChat on computers', '微信图片_20240714092133.jpg', '2024-07-14T09:21:33'],
  ['DJI', 'DJI_20240714092133_0001_D.MP4', '2024-07-14T09:21:33'],
  ['Insta360', 'VID_20240714_092133_00_001.insv', '2024-07-14T09:21:33'],
  ['Samsung', '20240714_092133(0).jpg', '2024-07-14T09:21:33'],
  ['Samsung’s burst', '20240714_092133_001.jpg', '2024-07-14T09:21:33'],
  ['a burst', '00000IMG_00000_BURST20240714092133123_COVER.jpg', '2024-07-14T09:21:33'],
  ['Oppo', 'IMG20240714092133.jpg', '2024-07-14T09:21:33'],
  ['Windows Phone', 'WP_20140714_09_21_33_Pro.jpg', '2014-07-14T09:21:33'],
  ['an older Windows Phone', 'WP_20140714_001.jpg', '2014-07-14T12:00:00'],
  ['Windows’ camera', 'WIN_20240714_09_21_33_Pro.jpg', '2024-07-14T09:21:33'],
  ['Nokia', '14072009(001).jpg', '2009-07-14T12:00:00'],
  ['BlackBerry', 'IMG00012-20110714-0921.jpg', '2011-07-14T09:21:00'],
  ['Nextcloud on iPhones', '24-07-14 09-21-33 0123.jpg', '2024-07-14T09:21:33'],
  ['Photo Booth', 'Photo on 2011-07-14 at 09.21.jpg', '2011-07-14T09:21:00'],
  ['a person in Japan', '2024年7月14日.jpg', '2024-07-14T12:00:00'],
  ['CapCut', 'lv_7123456789012345678_20240714092133.mp4', '2024-07-14T09:21:33'],
] as const;

/** All tell five past nine in the evening. */
const screenshots = [
  'Screenshot 2024-07-14 at 21.05.33',
  'Screenshot 2024-07-14 at 9.05.33\u202fPM',
  'Screen Recording 2024-07-14 at 9.05.33\u202fp.m.',
  'Bildschirmfoto 2024-07-14 um 21.05.33',
  'Bildschirmaufnahme 2024-07-14 um 21.05.33',
  'Capture d’écran 2024-07-14 à 21.05.33',
  'Captura de pantalla 2024-07-14 a la(s) 21.05.33',
  'Captura de pantalla 2024-07-14 a las 9.05.33\u00a0p.\u00a0m.',
  'Captura de pantalla 2024-07-14 a les 21.05.33',
  'Schermata 2024-07-14 alle 21.05.33',
  'Schermafbeelding 2024-07-14 om 21.05.33',
  'Zrzut ekranu 2024-07-14 o 21.05.33',
  'Skärmavbild 2024-07-14 kl. 21.05.33',
  'Skärmbild 2024-07-14 kl. 9.05.33\u202fem',
  'Skærmbillede 2024-07-14 kl. 21.05.33',
  'Skjermbilde 2024-07-14 kl. 21.05.33',
  'Näyttökuva 2024-7-14 kello 21.05.33',
  'Снимок экрана 2024-07-14 в 21.05.33',
  'Знімок екрана 2024-07-14 о 21.05.33',
  'Captura de Tela 2024-07-14 às 21.05.33',
  'Captura de ecrã 2024-07-14, às 21.05.33',
  'スクリーンショット 2024-07-14 21.05.33',
  'スクリーンショット 2024-07-14 午後9.05.33',
  '截屏2024-07-14 21.05.33',
  '截屏2024-07-14 下午9.05.33',
  '螢幕快照 2024-07-14 下午9.05.33',
  '스크린샷 2024-07-14 오후 9.05.33',
  'Ekran Resmi 2024-07-14 21.05.33',
  'Snímek obrazovky 2024-07-14 v 21.05.33',
  'Képernyőfotó 2024-07-14 - 21.05.33',
  'Captură de ecran din 2024-07-14 la 21.05.33',
  'Στιγμιότυπο οθόνης 2024-07-14, 9.05.33 μ.μ.',
  'Ảnh Màn hình 2024-07-14 lúc 21.05.33',
  'لقطة الشاشة ٢٠٢٤-٠٧-١٤ في ٩.٠٥.٣٣ م',
  'צילום מסך 2024-07-14 ב-21.05.33',
];

describe('the date in a name', () => {
  for (const [name, local] of [
    ['IMG_20240714_092133.jpg', '2024-07-14T09:21:33'],
    ['IMG_20240714_092133~2.jpg', '2024-07-14T09:21:33'],
    ['VID_20240714_092133.mp4', '2024-07-14T09:21:33'],
    ['MVIMG_20190302_180501.jpg', '2019-03-02T18:05:01'],
    ['20240714_092133.jpg', '2024-07-14T09:21:33'],
    ['20240714092133.jpg', '2024-07-14T09:21:33'],
    ['20240714_092133(0).jpg', '2024-07-14T09:21:33'],
    ['signal-2024-07-14-09-21-33-123.jpg', '2024-07-14T09:21:33'],
    ['signal-2024-07-14-092133.jpeg', '2024-07-14T09:21:33'],
    ['Screenshot_2024-07-14-09-21-33.png', '2024-07-14T09:21:33'],
    ['Screenshot_20240714-092133.png', '2024-07-14T09:21:33'],
    ['Screenshot 2024-07-14 at 09.21.33.png', '2024-07-14T09:21:33'],
    ['Screen Shot 2024-07-14 at 9.21.33 PM.png', '2024-07-14T21:21:33'],
    ['Screen Shot 2024-07-14 at 12.05.00\u202fAM.png', '2024-07-14T00:05:00'],
    ['WhatsApp Image 2024-07-14 at 09.21.33.jpeg', '2024-07-14T09:21:33'],
    ['2024-07-14 09.21.33.jpg', '2024-07-14T09:21:33'],
    ['2024-07-14T09:21:33.jpg', '2024-07-14T09:21:33'],
    ['IMG-20240714-WA0001.jpg', '2024-07-14T12:00:00'],
    ['2024-07-14 Anna’s birthday.jpg', '2024-07-14T12:00:00'],
    ['Scan 1987.05.03.tif', '1987-05-03T12:00:00'],
    ['20240714-scan.tif', '2024-07-14T12:00:00'],
    ['14072024 nothing.jpg', undefined],
  ] as const) {
    it(`is ${local ? 'read from' : 'not seen in'} ${name}`, () => assert.equal(dateInName(name)?.local, local));
  }

  for (const [maker, name, local] of makers) {
    it(`is read from what ${maker} writes: ${name}`, () => assert.equal(dateInName(name)?.local, local));
  }

  for (const name of screenshots) {
    it(`and its time are read from ${name}`, () => assert.equal(dateInName(`${name}.png`)?.local, '2024-07-14T21:05:33'));
    it(`and its time are read from ${name}, with the accents apart`, () =>
      assert.equal(dateInName(`${name} (2).png`.normalize('NFD'))?.local, '2024-07-14T21:05:33'));
  }

  for (const [name, local] of [
    ['Screen Shot 2024-07-14 at 12.05.33\u202fAM.png', '2024-07-14T00:05:33'],
    ['Screen Shot 2024-07-14 at 12.05.33\u00a0p.m..png', '2024-07-14T12:05:33'],
    ['スクリーンショット 2024-07-14 午前0.05.33.png', '2024-07-14T00:05:33'],
    ['截屏2024-07-14 上午12.05.33.png', '2024-07-14T00:05:33'],
    ['2024-07-14 12.05.33 am Strand.jpg', '2024-07-14T12:05:33'],
    ['2024-07-14 Version 1.20.30.png', '2024-07-14T12:00:00'],
    ['Firmware 1.20.30 2024-07-14.png', '2024-07-14T12:00:00'],
  ] as const) {
    it(`has the right half of the day in ${name}`, () => assert.equal(dateInName(name)?.local, local));
  }

  for (const [name, instant] of [
    ['FB_IMG_1577836800000.jpg', '2020-01-01T00:00:00'],
    ['FB_VID_1577836800000.mp4', '2020-01-01T00:00:00'],
    ['mmexport1577836800000.jpg', '2020-01-01T00:00:00'],
    ['mmexport1577836800000(1).jpg', '2020-01-01T00:00:00'],
    ['wx_camera_1577836800000.mp4', '2020-01-01T00:00:00'],
    ['received_1577836800000.jpeg', '2020-01-01T00:00:00'],
    ['received_m_mid_1577836800000_0123456789abcdef01.jpeg', '2020-01-01T00:00:00'],
    ['LINE_MOVIE_1577836800000.mp4', '2020-01-01T00:00:00'],
    ['RPReplay_Final1577836800.MP4', '2020-01-01T00:00:00'],
    ['RPReplay_Final1577836800 (2).MP4', '2020-01-01T00:00:00'],
    ['Screenshot_1577836800.png', '2020-01-01T00:00:00'],
  ] as const) {
    it(`is counted from 1970 in ${name}`, () => {
      const date = dateInName(name);
      assert.deepEqual([date?.local, date?.isUtc], [instant, true]);
    });
  }

  it('is UTC in the names of Google’s camera', () => {
    const date = { local: '2024-07-14T07:21:33', millisecond: 123, isUtc: true, isDayOnly: false };
    assert.deepEqual(dateInName('PXL_20240714_072133123.MP.jpg'), date);
    assert.equal(dateInName('IMG_20240714_072133.jpg')?.isUtc, false);
  });

  for (const [name, isUtc] of [
    ['2024-07-14_07-21-33_UTC.jpg', true],
    ['2024-07-14_07-21-33_UTC_2.jpg', true],
    ['2024-07-14T07-21-33Z.jpg', true],
    ['2024-07-14T07:21:33.123Z.jpg', true],
    ['2024-07-14_07-21-33_Zoo.jpg', false],
    ['2024-07-14_UTC.jpg', false],
    ['Skype_Picture_2024_07_14T07_21_33_123Z.jpeg', true],
    ['20240714_072133123_iOS.jpg', true],
    ['PXL_20240714_072133123.RAW-01.COVER.jpg', true],
    ['Copy of PXL_20240714_072133123.jpg', true],
  ] as const) {
    it(`is ${isUtc ? 'UTC' : 'the wall clock’s'} in ${name}`, () => assert.equal(dateInName(name)?.isUtc, isUtc));
  }

  for (const name of [
    'IMG_2041.JPG',
    'DSC01234.ARW',
    '_MG_2024.CR2',
    '1720941693123.jpg',
    '2000000000000.jpg',
    'FB_IMG_0720941693123.jpg',
    'FB_IMG_17209416931234.jpg',
    'received_952386171596219.jpeg',
    'received_9523861715962.jpeg',
    'RPReplay_Final157783680.MP4',
    'Snapchat-1577836800.jpg',
    '1577836800.jpg',
    '3f2504e0-4f89-2019-0501-0c0305e82c33.jpg',
    '+491512019050.jpg',
    '05122019123.jpg',
    '12345678_10201234567890_1234567890_n.jpg',
    'FILE231302-101112F.MOV',
    '993412_101112_001_FH.MP4',
    '230102_101112.jpg',
    'v1.20.30.png',
    'GX010123.MP4',
    'Photo on 7-4-24 at 9.21 AM.jpg',
    '20241399_092133.jpg',
    '20240230.jpg',
    '120240714.jpg',
    'a 20240714 b.jpg',
    '1799-01-01.jpg',
    'IMG_20241314_256199.jpg',
    '555-2024-0714.jpg',
    '',
  ]) {
    it(`is not seen in ${name || 'an empty name'}`, () => assert.equal(dateInName(name), undefined));
  }

  it('is never seen in a number of a length that no date has', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{1,20}$/), (digits) => {
        fc.pre(![8, 14, 17].includes(digits.length));
        return dateInName(`IMG_${digits}.jpg`) === undefined;
      }),
    ));

  it('is never seen in hashes, identifiers, telephone numbers and versions', () => {
    const hex = fc.stringMatching(/^[0-9a-f]{32}$|^[0-9a-f]{40}$|^[0-9a-f]{64}$/);
    const phone = fc.stringMatching(/^\+[1-9]\d{9,11}$/);
    const version = fc.stringMatching(/^v?\d{1,2}\.\d{1,3}\.\d{1,5}$/);
    const numbered = fc.stringMatching(/^(IMG|DSC|DSCF|P|MVI|GOPR|GX|_MG|DSC_|100_|S__|image|received|Snapchat)[-_]?\d{1,7}$/);
    const facebook = fc.stringMatching(/^[1-9]\d{8}_[1-9]\d{14}_[1-9]\d{18}_[no]$/);
    fc.assert(
      fc.property(fc.oneof(hex, fc.uuid(), phone, version, numbered, facebook), (name) => dateInName(`${name}.jpg`) === undefined),
      { numRuns: 2000 },
    );
  });

  it('is nonsense never', () =>
    fc.assert(
      fc.property(fc.string(), (name) => dateInName(name) === undefined || !Number.isNaN(Date.parse(`${dateInName(name)?.local}Z`))),
    ));
});

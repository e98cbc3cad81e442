/** What the server tells about itself. */
import { videoExtensions } from './dialect.ts';
import { Refusal } from './errors.ts';
import { json } from './exchange.ts';
import { type Handler, type Route, route } from './parts.ts';

const features: Handler = ({ dialect }) =>
  json(200, {
    smartSearch: false,
    facialRecognition: false,
    duplicateDetection: false,
    map: false,
    reverseGeocoding: false,
    importFaces: false,
    sidecar: true,
    search: true,
    trash: true,
    oauth: false,
    oauthAutoLaunch: false,
    ocr: false,
    passwordLogin: true,
    configFile: false,
    email: false,
    ...dialect.extraFeatures,
  });

const config: Handler = ({ dialect }) =>
  json(200, {
    loginPageMessage: '',
    trashDays: 30,
    userDeleteDelay: 7,
    oauthButtonText: 'Login with OAuth',
    isInitialized: true,
    isOnboarded: true,
    externalDomain: '',
    publicUsers: true,
    mapDarkStyleUrl: 'https://practice.test/dark.json',
    mapLightStyleUrl: 'https://practice.test/light.json',
    maintenanceMode: false,
    ...dialect.extraConfig,
  });

const about: Handler = ({ dialect }) =>
  json(200, {
    version: `v${dialect.version}`,
    versionUrl: `https://practice.test/v${dialect.version}`,
    licensed: false,
    nodejs: process.version,
    exiftool: '0',
    ffmpeg: '0',
    libvips: '0',
    imagemagick: '0',
  });

const storedBytes = 'SELECT coalesce(sum(size), 0) AS bytes FROM asset';
const diskBytes = 2 ** 40;

/** A disk of its own that holds nothing but the originals. */
const storage: Handler = ({ database }) => {
  const used = database.one<{ bytes: number }>(storedBytes)?.bytes ?? 0;
  const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  return json(200, {
    diskSize: gib(diskBytes),
    diskUse: gib(used),
    diskAvailable: gib(diskBytes - used),
    diskSizeRaw: diskBytes,
    diskUseRaw: used,
    diskAvailableRaw: diskBytes - used,
    diskUsagePercentage: Math.round((used / diskBytes) * 10_000) / 100,
  });
};

const usageByUser = `
  SELECT user.id AS userId, user.name AS userName, sum(asset.type = 'IMAGE') AS photos, sum(asset.type = 'VIDEO') AS videos,
    sum(asset.size) AS usage, sum(asset.size * (asset.type = 'IMAGE')) AS usagePhotos, sum(asset.size * (asset.type = 'VIDEO')) AS usageVideos,
    user.quota AS quotaSizeInBytes
  FROM user LEFT JOIN asset ON asset.owner_id = user.id GROUP BY user.id ORDER BY user.rowid`;
const counted = ['photos', 'videos', 'usage', 'usagePhotos', 'usageVideos'];

const statistics: Handler = ({ database }) => {
  const users = database.all<Record<string, unknown>>(usageByUser).map((row) => {
    const numbers = Object.fromEntries(counted.map((name) => [name, Number(row[name] ?? 0)]));
    return { userId: row.userId, userName: row.userName, quotaSizeInBytes: row.quotaSizeInBytes, ...numbers };
  });
  const sums = counted.map((name) => [name, users.reduce((sum, user) => sum + Number((user as Record<string, unknown>)[name]), 0)]);
  return json(200, { ...Object.fromEntries(sums), usageByUser: users });
};

const mediaTypes: Handler = ({ dialect }) => json(200, { video: videoExtensions, image: dialect.pictureExtensions, sidecar: ['.xmp'] });

const noLicense: Handler = () => {
  throw new Refusal(404, 'Not Found', { unnamed: true });
};

export const serverRoutes: readonly Route[] = [
  route('GET /server/ping', 'nothing', () => json(200, { res: 'pong' })),
  route('GET /server/version', 'nothing', ({ dialect }) => json(200, dialect.versionBody)),
  route('GET /server/features', 'nothing', features),
  route('GET /server/config', 'nothing', config),
  route('GET /server/media-types', 'nothing', mediaTypes),
  route('GET /server/version-history', 'nothing', () => json(200, [])),
  route('GET /server/theme', 'nothing', { answer: () => json(200, { customCss: '' }), version: '2.7.5' }),
  route('GET /server/about', 'server.about', about),
  route('GET /server/storage', 'server.storage', storage),
  route('GET /server/statistics', 'server.statistics', { answer: statistics, adminOnly: true }),
  route('GET /server/license', 'serverLicense.read', { answer: noLicense, adminOnly: true }),
];

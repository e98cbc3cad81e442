/** Steps of the transcripts that the practice Immich need not match, each with the reason; everything else in these groups it must. */

/** The groups that Homeroll could ever send. Links, people, timelines, memories, archives, jobs and folders come with later work. */
export const groups = [
  ...['server', 'auth', 'users', 'quota', 'upload', 'live', 'check', 'asset', 'delete', 'trash'],
  ...['download', 'search', 'album', 'share', 'tag', 'stack', 'error'],
];

const noPasswords = 'Homeroll knows API keys only: it never logs in with a password';
const noNewKeys = 'Homeroll never makes API keys; owners make them in Immich';

export const neverSent: Readonly<Record<string, string>> = {
  'auth-login-wrong': noPasswords,
  'auth-login-no-mail': noPasswords,
  'auth-login-right': noPasswords,
  'auth-session-bearer': noPasswords,
  'auth-session-user': noPasswords,
  'auth-logout': noPasswords,
  'auth-session-gone': noPasswords,
  'auth-create-unknown': noNewKeys,
  'auth-create-none': noNewKeys,
  'search-suggestions': 'only web pages suggest what to search for',
  'search-person': 'Homeroll does not look at people',
  'error-sync': 'sync is closed to API keys, so it is never tried',
  'error-config-b': 'Homeroll never asks for an admin key and leaves the configuration of the server alone',
};

export interface Unknowable {
  /** Which steps: all, or those with these ids. */
  readonly steps: 'all' | readonly string[];
  readonly pointers: readonly string[];
  readonly reason: string;
}

/** Values that need what a stand-in does not have; the steps are compared all the same, without these. */
export const unknowable: readonly Unknowable[] = [
  {
    steps: 'all',
    pointers: ['/exifInfo/city', '/exifInfo/state', '/exifInfo/country'],
    reason: 'names of places come from a table of 200,000 towns',
  },
  {
    steps: ['upload-gps-nozone-get'],
    pointers: ['/fileCreatedAt', '/exifInfo/dateTimeOriginal', '/exifInfo/timeZone'],
    reason: 'the zone of a place comes from a map of the zones',
  },
  {
    steps: ['asset-put-place-get', 'asset-put-empty', 'asset-put-unknown', 'asset-put-favorite-text', 'asset-patch'],
    pointers: ['/localDateTime', '/exifInfo/timeZone'],
    reason: 'the zone of a place comes from a map of the zones',
  },
  { steps: ['download-thumbnail-head'], pointers: ['/content-length'], reason: 'nothing is drawn: a picture is its own thumbnail' },
];

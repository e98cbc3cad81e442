/** Whose is each key, and what may it do? What a key may not do is named by what is off without it. */
import { formatSize, listed } from '../../domain/index.ts';
import { type Immich, ImmichError } from '../../immich/index.ts';
import { sentenceOf } from '../../kernel/index.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

interface Need {
  /** As Immich names them. */
  readonly permissions: readonly string[];
  /** What does not work without them. */
  readonly off: string;
  readonly isVital: boolean;
}

const needs: readonly Need[] = [
  { permissions: ['user.read'], off: 'nobody knows whose library the key opens', isVital: true },
  { permissions: ['asset.upload'], off: 'nothing can be looked up or stored', isVital: true },
  { permissions: ['asset.read'], off: 'what became of a stored picture cannot be seen', isVital: true },
  { permissions: ['asset.download'], off: 'nothing can be read back, so nothing is ever safe', isVital: true },
  {
    permissions: ['asset.update'],
    off: 'the halves of a live photo cannot be joined when one comes late, nor a video be shown that lies hidden',
    isVital: false,
  },
  {
    permissions: ['asset.delete'],
    off: "`keep` cannot bring a picture back from Immich's trash, nor send one again that is damaged there",
    isVital: false,
  },
  { permissions: ['album.create', 'album.read', 'album.update', 'album.delete', 'albumAsset.create'], off: 'no albums', isVital: false },
  { permissions: ['tag.create', 'tag.asset'], off: 'no tags', isVital: false },
];

// A phone's week of pictures.
const littleSpaceBytes = 5e9;

const forPictures: Need = {
  permissions: ['asset.view'],
  off: 'none of its pictures is shown in Home Assistant, or sent with a message (`picture: true` under `mqtt` or `tell`)',
  isVital: false,
};

const forHalfFiles: Need = {
  permissions: ['sharedLink.read'],
  off: 'the beginnings of files that were still being written stay in Immich (`replace half files: true`)',
  isVital: false,
};

export interface AccountQuestion {
  readonly name: string;
  readonly immich: Immich;
  /** The last picture that is safe is to be shown, or sent. */
  readonly isPictureShown: boolean;
  /** The beginnings of files that were still being written go to the trash. */
  readonly areHalfFilesReplaced: boolean;
}

export async function checkAccount(question: AccountQuestion, signal: AbortSignal): Promise<readonly Finding[]> {
  const { name, immich, isPictureShown, areHalfFilesReplaced } = question;
  const about = `account ${name}`;
  try {
    const allowed = await immich.keyPermissions(signal);
    const missing = checkPermissions(about, allowed, [
      ...needs,
      ...(isPictureShown ? [forPictures] : []),
      ...(areHalfFilesReplaced ? [forHalfFiles] : []),
    ]);
    if (missing.some(({ isAccountUnusable }) => isAccountUnusable)) return missing;
    const me = await immich.me(signal);
    const whose = ok(about, `Its key belongs to ${me.name}${me.isAdmin ? ', an administrator' : ''}.`);
    const admin = me.isAdmin
      ? [warning(about, 'Homeroll never needs an administrator.', 'Better give it the key of an ordinary user.')]
      : [];
    return [whose, ...admin, ...missing, ...checkQuota(about, me)];
  } catch (error) {
    signal.throwIfAborted();
    const sentence = error instanceof ImmichError ? error.message : sentenceOf(error);
    return [{ ...problem(about, sentence), isAccountUnusable: true }];
  }
}

function checkPermissions(about: string, allowed: readonly string[], needs: readonly Need[]): readonly Finding[] {
  if (allowed.includes('all')) return [ok(about, 'Its key may do all that is needed.')];
  const lacking = needs.flatMap((need) => {
    const permissions = need.permissions.filter((permission) => !allowed.includes(permission));
    return permissions.length === 0 ? [] : [{ ...need, permissions }];
  });
  if (lacking.length === 0) return [ok(about, 'Its key may do all that is needed.')];
  return lacking.map(({ permissions, off, isVital }) => {
    const sentence = `Its key lacks ${listed(permissions)}: ${off}.`;
    const cure = 'In Immich, Account Settings, API Keys, give the key these permissions.';
    return isVital ? { ...problem(about, sentence, cure), isAccountUnusable: true } : warning(about, sentence, cure);
  });
}

function checkQuota(
  about: string,
  { quotaSizeBytes, quotaUsedBytes }: { quotaSizeBytes: number | undefined; quotaUsedBytes: number },
): readonly Finding[] {
  if (quotaSizeBytes === undefined) return [];
  const leftBytes = Math.max(0, quotaSizeBytes - quotaUsedBytes);
  const sentence = `${formatSize(leftBytes)} of its quota of ${formatSize(quotaSizeBytes)} are left.`;
  return [leftBytes < littleSpaceBytes ? warning(about, sentence, 'Raise the quota of the user in Immich.') : ok(about, sentence)];
}

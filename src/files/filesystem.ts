/** Tells filesystems apart by the number that statfs gives: whose inodes can be trusted, whose changes are heard. */

/** `pseudo`: views into the kernel such as /proc, where no picture lies. */
export type FilesystemKind = 'local' | 'network' | 'fuse' | 'pseudo';

export interface Filesystem {
  readonly name: string;
  readonly kind: FilesystemKind;
}

/** How much of a stat can be believed: on `network` inodes and ctimes may change though the file did not, or say nothing when it did. */
export type StatIdentity = 'local' | 'network';

/** Others change what lies there, and the system does not hear of it. */
export function isShare({ kind }: Filesystem): boolean {
  return kind === 'network' || kind === 'fuse';
}

// Linux makes up their inodes anew for each mount and whenever it forgot them, and keeps one time for all changes: whoever sets a time
// sets both, also while a file is being written. See fs/fat/inode.c and fs/exfat/inode.c.
const withoutInodes: ReadonlySet<string> = new Set(['vfat', 'exfat']);

/** FUSE counts as network: sshfs, rclone and mergerfs make inodes up and may give others after each mount. */
export function statIdentityOf(filesystem: Filesystem): StatIdentity {
  return isShare(filesystem) || withoutInodes.has(filesystem.name) ? 'network' : 'local';
}

/**
 * @param magic f_type of Linux's statfs(2). An unknown one counts as local: the price of a wrong guess is a file hashed again,
 *   where the other way round a changed file could be missed. Owners correct it by the source's `identity:`.
 */
export function filesystemOf(magic: bigint): Filesystem {
  // 32 bits: systems with a signed f_type give CIFS and SMB2 as negative numbers.
  const known = filesystems.get(BigInt.asUintN(32, magic));
  return known ?? { name: `0x${BigInt.asUintN(32, magic).toString(16)}`, kind: 'local' };
}

/**
 * True for what answers by itself, without a server or a program that may fall silent. What nobody knows is not trusted.
 * @param type as the kernel's table of mounts names it: `ext4`, `nfs4`, `fuse.sshfs`
 */
export function answersByItself(type: string): boolean {
  return localTypes.has(type);
}

// From statfs(2) and the kernel's include/uapi/linux/magic.h.
const filesystems: ReadonlyMap<bigint, Filesystem> = new Map(
  (
    [
      [0xef53n, 'ext4', 'local'],
      [0x58465342n, 'xfs', 'local'],
      [0x9123683en, 'btrfs', 'local'],
      [0x2fc12fc1n, 'zfs', 'local'],
      [0xca451a4en, 'bcachefs', 'local'],
      [0xf2f52010n, 'f2fs', 'local'],
      [0x01021994n, 'tmpfs', 'local'],
      [0x858458f6n, 'ramfs', 'local'],
      [0x794c7630n, 'overlay', 'local'],
      [0x4d44n, 'vfat', 'local'],
      [0x2011bab0n, 'exfat', 'local'],
      [0x5346544en, 'ntfs', 'local'],
      [0x7366746en, 'ntfs3', 'local'],
      [0x4244n, 'hfs', 'local'],
      [0x482bn, 'hfsplus', 'local'],
      [0x9660n, 'iso9660', 'local'],
      [0x15013346n, 'udf', 'local'],
      [0x73717368n, 'squashfs', 'local'],
      [0x3153464an, 'jfs', 'local'],
      [0x52654973n, 'reiserfs', 'local'],
      [0xf15fn, 'ecryptfs', 'local'],
      [0x6969n, 'nfs', 'network'],
      [0xff534d42n, 'cifs', 'network'],
      [0xfe534d42n, 'smb2', 'network'],
      [0x517bn, 'smbfs', 'network'],
      [0x01021997n, '9p', 'network'],
      [0x00c36400n, 'ceph', 'network'],
      [0x5346414fn, 'afs', 'network'],
      [0x6b414653n, 'kafs', 'network'],
      [0x73757245n, 'coda', 'network'],
      [0x564cn, 'ncpfs', 'network'],
      [0x47504653n, 'gpfs', 'network'],
      [0x0bd00bd0n, 'lustre', 'network'],
      [0x786f4256n, 'vboxsf', 'network'],
      [0xbacbacbcn, 'vmhgfs', 'network'],
      [0x65735546n, 'fuse', 'fuse'],
      [0x9fa0n, 'proc', 'pseudo'],
      [0x62656572n, 'sysfs', 'pseudo'],
      [0x1cd1n, 'devpts', 'pseudo'],
      [0x27e0ebn, 'cgroup', 'pseudo'],
      [0x63677270n, 'cgroup2', 'pseudo'],
      [0x64626720n, 'debugfs', 'pseudo'],
      [0x74726163n, 'tracefs', 'pseudo'],
      [0x73636673n, 'securityfs', 'pseudo'],
      [0xcafe4a11n, 'bpf', 'pseudo'],
      [0x6165676cn, 'pstore', 'pseudo'],
      [0x62656570n, 'configfs', 'pseudo'],
      [0x19800202n, 'mqueue', 'pseudo'],
      [0x958458f6n, 'hugetlbfs', 'pseudo'],
      [0x65735543n, 'fusectl', 'pseudo'],
      [0x42494e4dn, 'binfmt_misc', 'pseudo'],
      [0x67596969n, 'rpc_pipefs', 'pseudo'],
      [0x6e736673n, 'nsfs', 'pseudo'],
      [0xde5e81e4n, 'efivarfs', 'pseudo'],
      [0xf97cff8cn, 'selinux', 'pseudo'],
    ] as const
  ).map(([magic, name, kind]) => [magic, { name, kind }]),
);

// Names of the table of mounts that statfs does not give.
const furtherLocalTypes = ['ext2', 'ext3', 'msdos', 'rootfs', 'devtmpfs', 'erofs', 'nilfs2', 'ufs', 'minix', 'aufs', 'selinuxfs', 'nfsd'];

const localTypes: ReadonlySet<string> = new Set([
  ...[...filesystems.values()].filter(({ kind }) => kind === 'local' || kind === 'pseudo').map(({ name }) => name),
  ...furtherLocalTypes,
]);

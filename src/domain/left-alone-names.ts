/** Names that are never pictures of the owner: bins, snapshots, thumbnails and half-written files, each with who says so. Data. */

export interface LeftAloneName {
  /**
   * As its maker spells it; `*` stands for anything. With a slash it is a name in a folder of a certain name. Owners write it so, too, when
   * they take it back.
   */
  readonly name: string;
  /** `either`: whatever it is. A folder is left alone with all that it holds. */
  readonly of: 'folder' | 'file' | 'either';
  /** What it is, for `doctor`. */
  readonly what: 'a bin' | 'snapshots' | 'thumbnails' | 'old versions' | 'half-written' | 'of another program';
  /** Who makes it, and where that is written. */
  readonly source: string;
  /** What the `*` stands for; anything, unless told. */
  readonly rest?: 'hex' | 'digits';
  /** Its maker does not care. */
  readonly inAnyCase?: true;
}

/** From table rows to objects, so that the table reads as one. */
const named = (
  name: string,
  of: LeftAloneName['of'],
  what: LeftAloneName['what'],
  source: string,
  more: Partial<LeftAloneName> = {},
): LeftAloneName => ({
  name,
  of,
  what,
  source,
  ...more,
});

/**
 * Case counts unless the table says otherwise, so that somebody's own folder "Lost+Found" is still backed up. A name that a person would
 * type is not in it: `Trash`, `Recycled`, `snapshot`, `Lightroom`, `temp`.
 */
// biome-ignore format: a table to be read at a glance
export const leftAloneNames: readonly LeftAloneName[] = [
  // Bins.
  named('#recycle', 'folder', 'a bin', 'Synology DSM help, "Recycle Bin" of a shared folder; TerraMaster TOS'),
  named('@sharebin', 'folder', 'a bin', 'Synology DSM, bin of a shared folder on Btrfs'),
  named('@Recycle', 'folder', 'a bin', 'QNAP QTS user guide, "Network Recycle Bin"'),
  named('.recycle', 'folder', 'a bin', 'Samba vfs_recycle(8), default of recycle:repository; TrueNAS and OpenMediaVault, SMB shares'),
  named('.Recycle.Bin', 'folder', 'a bin', 'Unraid, plugin "Recycle Bin"'),
  named('.deleted', 'folder', 'a bin', 'Samba vfs_recycle(8), recycle:repository in the smb.conf of the container dperson/samba'),
  named('.Trash', 'folder', 'a bin', 'freedesktop.org Trash specification 1.0; macOS; iCloud Drive; Samsung Gallery (Android/.Trash)'),
  named('.Trash-*', 'folder', 'a bin', 'freedesktop.org Trash specification 1.0, $topdir/.Trash-$uid'),
  named('.Trashes', 'folder', 'a bin', 'macOS, on every volume but the first'),
  named('.trash', 'folder', 'a bin', 'Obsidian help, "Deleted files"; file managers of Android'),
  named('.trashBin', 'folder', 'a bin', 'Xiaomi MIUI Gallery'),
  named('.globalTrash', 'folder', 'a bin', 'Xiaomi MIUI Gallery, DCIM/.globalTrash'),
  named('.RecycleBinHW', 'folder', 'a bin', 'Huawei and Honor Files'),
  named('.FileManagerRecycler', 'folder', 'a bin', 'OPPO and OnePlus ColorOS file manager'),
  named('.ColorOSGalleryRecycler', 'folder', 'a bin', 'OPPO and OnePlus ColorOS gallery'),
  named('.vivoFileRecycleBin', 'folder', 'a bin', 'vivo file manager'),
  named('.vivoRecycleBin', 'folder', 'a bin', 'vivo gallery'),
  named('.$Trash$', 'folder', 'a bin', 'Solid Explorer for Android'),
  named('.trashed-*', 'either', 'a bin', 'Android MediaStore, IS_TRASHED: .trashed-<expires>-<name>'),
  named('$RECYCLE.BIN', 'folder', 'a bin', 'Windows since Vista', { inAnyCase: true }),
  named('RECYCLER', 'folder', 'a bin', 'Windows 2000 and XP, on NTFS'),
  named('.dtrash', 'folder', 'a bin', 'digiKam handbook, "Trash"'),
  named('.sync', 'folder', 'a bin', 'Resilio Sync help, "Using Archive": .sync/Archive holds deleted files'),
  named('.dropbox.cache', 'folder', 'a bin', 'Dropbox help, ".dropbox.cache"'),
  named('files_trashbin', 'folder', 'a bin', 'Nextcloud and ownCloud server manuals, deleted files in the data directory'),

  // Snapshots and old versions.
  named('#snapshot', 'folder', 'snapshots', 'Synology Snapshot Replication help'),
  named('@sharesnap', 'folder', 'snapshots', 'Synology DSM, snapshots of a shared folder on Btrfs'),
  named('@Recently-Snapshot', 'folder', 'snapshots', 'QNAP QTS user guide, snapshot directory'),
  named('.snapshot', 'folder', 'snapshots', 'NetApp ONTAP, NFS; Linux NFS servers'),
  named('~snapshot', 'folder', 'snapshots', 'NetApp ONTAP, SMB'),
  named('.snapshots', 'folder', 'snapshots', 'snapper(8), Btrfs and LVM; Samba vfs_snapper(8)'),
  named('.zfs/snapshot', 'folder', 'snapshots', 'zfsprops(7), snapdir; TrueNAS; QNAP QuTS hero'),
  named('.zfs/shares', 'folder', 'snapshots', 'OpenZFS, beside .zfs/snapshot'),
  named('@GMT-*', 'folder', 'snapshots', 'Samba vfs_shadow_copy2(8), default of shadow:format'),
  named('Backups.backupdb', 'folder', 'snapshots', 'Apple Time Machine, HFS+'),
  named('.MobileBackups', 'folder', 'snapshots', 'Apple Time Machine, local snapshots'),
  named('*.backupbundle', 'folder', 'snapshots', 'Apple Time Machine, on shares'),
  named('.stversions', 'folder', 'old versions', 'Syncthing documentation, "File Versioning"'),
  named('files_versions', 'folder', 'old versions', 'Nextcloud and ownCloud server manuals, versions in the data directory'),

  // Small pictures that programs make of the owner's.
  named('@eaDir', 'folder', 'thumbnails', 'Synology DSM, indexing of media'),
  named('.@__thumb', 'folder', 'thumbnails', 'QNAP QTS, Multimedia Console'),
  named('@Transcode', 'folder', 'thumbnails', 'QNAP QTS, videos made smaller; known from its shares and from tools for them, not from a page of QNAP'),
  named('.thumbnails', 'folder', 'thumbnails', 'Android MediaProvider; freedesktop.org thumbnails before 0.8'),
  named('.wdmc', 'folder', 'thumbnails', 'Western Digital My Cloud, firmware: the media crawler (wdmcserver) keeps its small pictures there'),
  named('*.trickplay', 'folder', 'thumbnails', 'Jellyfin, trickplay images beside media: <name>.trickplay'),
  named('*.lrdata', 'folder', 'thumbnails', 'Adobe Lightroom Classic help, "Previews.lrdata" and "Smart Previews.lrdata"'),
  named('appdata_oc*', 'folder', 'thumbnails', 'Nextcloud server manual, previews in the data directory'),
  named('Thumbs.db', 'either', 'thumbnails', 'Windows Explorer', { inAnyCase: true }),

  // What is not whole yet.
  named('.syncthing.*.tmp', 'either', 'half-written', 'Syncthing documentation, "Understanding Synchronization"'),
  named('~syncthing~*', 'either', 'half-written', 'Syncthing documentation, "Understanding Synchronization", Windows'),
  named('*.!sync', 'either', 'half-written', 'Resilio Sync help', { inAnyCase: true }),
  named('.rsync-partial', 'folder', 'half-written', 'rsync(1), --partial-dir'),
  named('.~tmp~', 'folder', 'half-written', 'rsync(1), --delay-updates'),
  named('*.partial', 'file', 'half-written', 'rclone documentation, --partial-suffix'),
  named('.tmp.drivedownload', 'folder', 'half-written', 'Google Drive for desktop'),
  named('.tmp.driveupload', 'folder', 'half-written', 'Google Drive for desktop'),
  named('.pending-*', 'either', 'half-written', 'Android MediaStore, IS_PENDING: .pending-<expires>-<name>'),
  named('*.download', 'folder', 'half-written', 'Apple Safari, downloads under way'),
  named('*.part', 'either', 'half-written', 'Mozilla Firefox; Nextcloud', { inAnyCase: true }),
  named('*.crdownload', 'either', 'half-written', 'Google Chrome', { inAnyCase: true }),
  named('*.tmp', 'either', 'half-written', 'many', { inAnyCase: true }),
  named('.*.icloud', 'file', 'half-written', 'Apple iCloud Drive, what is not downloaded'),
  named('.smbdelete*', 'file', 'a bin', 'macOS, mount_smbfs: removed while it was open'),
  named('.fuse_hidden*', 'file', 'a bin', 'libfuse, option hard_remove: removed while it was open', { rest: 'hex' }),
  named('.nfs*', 'file', 'a bin', 'Linux and BSD NFS clients: removed while it was open', { rest: 'hex' }),

  // Marks and books of other programs.
  named('.stfolder', 'either', 'of another program', 'Syncthing documentation, folder marker'),
  named('.sync_*.db*', 'either', 'of another program', 'Nextcloud and ownCloud desktop manuals'),
  named('._sync_*.db*', 'file', 'of another program', 'ownCloud desktop manual'),
  named('.owncloudsync.log', 'either', 'of another program', 'Nextcloud and ownCloud desktop manuals'),
  named('.SynologyWorkingDirectory', 'folder', 'of another program', 'Synology Drive Client'),
  named('@SynoResource', 'either', 'of another program', 'Synology DSM'),
  named('.qsync', 'folder', 'of another program', 'QNAP Qsync'),
  named('lost+found', 'folder', 'of another program', 'e2fsck(8), pieces of files'),
  named('LOST.DIR', 'folder', 'of another program', 'Android, pieces of files on cards'),
  named('System Volume Information', 'folder', 'of another program', 'Windows, restore points and indexes'),
  named('.DS_Store', 'either', 'of another program', 'macOS Finder'),
  named('._*', 'either', 'of another program', 'macOS, AppleDouble'),
  named('.AppleDouble', 'folder', 'of another program', 'Netatalk 2'),
  named('.AppleDB', 'folder', 'of another program', 'Netatalk 2'),
  named('.Spotlight-V100', 'folder', 'of another program', 'macOS Spotlight'),
  named('.fseventsd', 'folder', 'of another program', 'macOS FSEvents'),
  named('.DocumentRevisions-V100', 'folder', 'old versions', 'macOS Versions'),
  named('.TemporaryItems', 'folder', 'half-written', 'macOS, on shares'),
];

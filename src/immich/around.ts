/** Wraps every method of Immich alike: what all decorators share. */
import type { Immich } from './immich.ts';

export type CallName = keyof Immich;
export type Around = <T>(name: CallName, call: () => Promise<T>, signal: AbortSignal) => Promise<T>;

export function around(immich: Immich, wrap: Around): Immich {
  return {
    ping: (signal) => wrap('ping', () => immich.ping(signal), signal),
    serverVersion: (signal) => wrap('serverVersion', () => immich.serverVersion(signal), signal),
    mediaTypes: (signal) => wrap('mediaTypes', () => immich.mediaTypes(signal), signal),
    serverConfig: (signal) => wrap('serverConfig', () => immich.serverConfig(signal), signal),
    me: (signal) => wrap('me', () => immich.me(signal), signal),
    keyPermissions: (signal) => wrap('keyPermissions', () => immich.keyPermissions(signal), signal),
    checkPresence: (sha1s, signal) => wrap('checkPresence', () => immich.checkPresence(sha1s, signal), signal),
    upload: (upload, signal) => wrap('upload', () => immich.upload(upload, signal), signal),
    readBack: (assetId, signal, onBytes) => wrap('readBack', () => immich.readBack(assetId, signal, onBytes), signal),
    fetchAsset: (assetId, signal) => wrap('fetchAsset', () => immich.fetchAsset(assetId, signal), signal),
    smallPicture: (assetId, mostBytes, signal) => wrap('smallPicture', () => immich.smallPicture(assetId, mostBytes, signal), signal),
    findByName: (fileName, signal) => wrap('findByName', () => immich.findByName(fileName, signal), signal),
    linkMotion: (stillId, videoId, signal) => wrap('linkMotion', () => immich.linkMotion(stillId, videoId, signal), signal),
    unlinkMotion: (stillId, signal) => wrap('unlinkMotion', () => immich.unlinkMotion(stillId, signal), signal),
    show: (assetId, signal) => wrap('show', () => immich.show(assetId, signal), signal),
    restore: (assetIds, signal) => wrap('restore', () => immich.restore(assetIds, signal), signal),
    erase: (assetId, signal) => wrap('erase', () => immich.erase(assetId, signal), signal),
    hasTrash: (signal) => wrap('hasTrash', () => immich.hasTrash(signal), signal),
    fetchTraces: (assetId, signal) => wrap('fetchTraces', () => immich.fetchTraces(assetId, signal), signal),
    moveToTrash: (assetId, signal) => wrap('moveToTrash', () => immich.moveToTrash(assetId, signal), signal),
    listAlbums: (signal) => wrap('listAlbums', () => immich.listAlbums(signal), signal),
    fetchAlbum: (albumId, signal) => wrap('fetchAlbum', () => immich.fetchAlbum(albumId, signal), signal),
    createAlbum: (plan, signal) => wrap('createAlbum', () => immich.createAlbum(plan, signal), signal),
    updateAlbum: (albumId, change, signal) => wrap('updateAlbum', () => immich.updateAlbum(albumId, change, signal), signal),
    deleteAlbum: (albumId, signal) => wrap('deleteAlbum', () => immich.deleteAlbum(albumId, signal), signal),
    addToAlbum: (albumId, assetIds, signal) => wrap('addToAlbum', () => immich.addToAlbum(albumId, assetIds, signal), signal),
    albumMembers: (albumId, page, signal) => wrap('albumMembers', () => immich.albumMembers(albumId, page, signal), signal),
    upsertTags: (values, signal) => wrap('upsertTags', () => immich.upsertTags(values, signal), signal),
    tagAssets: (tagId, assetIds, signal) => wrap('tagAssets', () => immich.tagAssets(tagId, assetIds, signal), signal),
  };
}

/** Whether Immich holds what it should: nothing twice, nothing strange, nothing that its owner removed, and albums as planned. */
import { type Finding, found } from './finding.ts';
import { isPlannedBy } from './truth.ts';
import type { World } from './world.ts';

export function findImmichLies(world: World): readonly Finding[] {
  return [...findContentLies(world), ...findAlbumLies(world)];
}

function findContentLies({ truth, records, server, wasClockSet }: World): readonly Finding[] {
  const findings: Finding[] = [];
  const met = new Set<string>();
  for (const { id, ownerId, sha1, isTrashed } of truth.assets()) {
    const content = `${ownerId} ${sha1}`;
    const isSpoiled = server.store.spoiled.has(id);
    const stored = isSpoiled ? content : `${ownerId} ${server.store.sha1Of({ ownerId, assetId: id })}`;
    if (met.has(content) || met.has(stored)) findings.push(found('doubled', `the content ${sha1} is in one account twice`));
    met.add(content).add(stored);
    if (!records.contents.has(sha1)) findings.push(found('strange content', `Immich holds ${sha1}, and no disk ever held it`));
    // A wall clock that was set makes a new file look old, and so finished.
    if (records.unfinished.has(sha1) && !wasClockSet) {
      findings.push(found('half a file', `Immich holds ${sha1}, which was only the beginning of a file`));
    }
    if (!isTrashed && records.undone.has(content)) {
      findings.push(found('undone came back', `the owner removed ${sha1}, and it is back`));
    }
  }
  return findings;
}

function findAlbumLies({ truth, records, server }: World): readonly Finding[] {
  const findings: Finding[] = [];
  const markers = new Set<string>();
  for (const album of truth.albums()) {
    const own = records.ownAlbums.get(album.id);
    const who = `${album.ownerId} ${album.description}`;
    for (const asset of own ? album.members : []) {
      if (!own?.has(asset)) findings.push(found('wrong album', `a picture was put into the owner's own album "${album.name}"`));
    }
    if (!album.description.includes('Kept by Homeroll')) continue;
    const given = records.renamedAlbums.get(album.id);
    if (given !== undefined && given !== album.name)
      findings.push(found('undone came back', `the owner renamed an album to "${given}", and it is called "${album.name}"`));
    if (markers.has(who)) findings.push(found('doubled', `the album "${album.name}" was made twice`));
    markers.add(who);
    if (records.deletedAlbums.has(who))
      findings.push(found('undone came back', `the owner deleted the album "${album.name}", and it is back`));
    for (const asset of album.members) {
      if (!records.takenOut.has(`${album.id} ${asset}`)) continue;
      findings.push(found('undone came back', `the owner took a picture out of the album "${album.name}", and it is back`));
    }
    const account = album.ownerId === server.userId(0) ? 0 : 1;
    const name = [...records.plannedNames].find((planned) => isPlannedBy(album, planned));
    for (const asset of album.members) {
      const sha1 = truth.asset(asset)?.sha1;
      if (name !== undefined && records.planned.has(`${account} ${sha1} ${name}`)) continue;
      findings.push(found('wrong album', `the album "${album.name}" holds ${sha1}, which was never planned for it`));
    }
  }
  return findings;
}

/** Questions and orders about tags. */
import type { TagId } from '../domain/index.ts';
import { garbage } from './answer-failures.ts';
import * as answers from './answers.ts';
import { askFor, type Caller, json } from './ask.ts';
import { inPieces } from './asset-calls.ts';
import type { Immich } from './immich.ts';

const mostIds = 500;

export function tagCalls(caller: Caller): Pick<Immich, 'upsertTags' | 'tagAssets'> {
  return {
    async upsertTags(values, signal) {
      const paths = values.map(tagPath);
      const idOf = new Map<string, TagId>();
      for (const tags of inPieces([...new Set(paths)], mostIds)) {
        for (const tag of await askFor(caller, answers.tags, json('PUT', '/api/tags', { tags }), signal)) idOf.set(tag.value, tag.id);
      }
      return paths.map((path) => {
        const id = idOf.get(path);
        if (!id) throw garbage('an answer that leaves out a tag', caller.url);
        return id;
      });
    },

    async tagAssets(tagId, assetIds, signal) {
      let newlyTagged = 0;
      for (const some of inPieces(assetIds, mostIds)) {
        newlyTagged += await askFor(caller, answers.tagged, json('PUT', '/api/tags/assets', { tagIds: [tagId], assetIds: some }), signal);
      }
      return newlyTagged;
    },
  };
}

/** As Immich will store it, so that its answer can be recognised: empty steps fall out. */
function tagPath(value: string): string {
  return value.split('/').filter(Boolean).join('/');
}

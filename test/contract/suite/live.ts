/** Live photos: a still and its motion half, two assets of which the timeline shows one. */
import type { ContractCase } from './kit/contract-case.ts';
import { answers } from './kit/expect.ts';

const nobodys = '00000000-0000-4000-8000-000000000000';

export const cases: readonly ContractCase[] = [
  {
    name: 'joins a still to the hidden video that was sent before it',
    source: 'facts/immich.md §4; transcript live-video, live-still, live-still-get, live-video-get',
    async run({ store, picture, assetIs }) {
      const video = await store(picture('motion'), { fields: { visibility: 'hidden' } });
      const still = await store(picture('photo'), { fields: { livePhotoVideoId: video } });
      await assetIs(still, { livePhotoVideoId: video, visibility: 'timeline', type: 'IMAGE' });
      await assetIs(video, { visibility: 'hidden', type: 'VIDEO', livePhotoVideoId: null });
    },
  },
  {
    name: 'hides a video from the timeline once a still has it',
    source: 'facts/immich.md §4; transcript live-video-timeline-get',
    async run({ store, picture, assetIs }) {
      const video = await store(picture('motion'));
      await assetIs(video, { visibility: 'timeline' });
      await store(picture('photo'), { fields: { livePhotoVideoId: video } });
      await assetIs(video, { visibility: 'hidden' });
    },
  },
  {
    name: 'joins them later by PUT, and parts them again',
    source: 'facts/immich.md §4; openapi updateAsset; transcript live-link, live-unlink, live-unlinked-video',
    async run({ anna, store, picture, assetIs }) {
      const still = await store(picture('photo'));
      const video = await store(picture('motion'), { fields: { visibility: 'hidden' } });
      answers(await anna.put(`/api/assets/${still}`, { livePhotoVideoId: video }), 200, { id: still, livePhotoVideoId: video });
      await assetIs(video, { visibility: 'hidden' });
      answers(await anna.put(`/api/assets/${still}`, { livePhotoVideoId: null }), 200, { id: still, livePhotoVideoId: null });
      await assetIs(still, { livePhotoVideoId: null });
      await assetIs(video, { visibility: 'timeline' });
    },
  },
  {
    name: 'shows a hidden video that no still has, when it is asked to',
    source: 'facts/immich.md §5 (PUT /assets/{id}); openapi updateAsset; transcript asset-put-timeline',
    async run({ anna, store, picture, assetIs }) {
      const video = await store(picture('motion'), { fields: { visibility: 'hidden' } });
      answers(await anna.put(`/api/assets/${video}`, { visibility: 'timeline' }), 200, { id: video, visibility: 'timeline' });
      await assetIs(video, { visibility: 'timeline' });
    },
  },
  {
    name: 'refuses as motion half what is no video, unknown or foreign, and keeps nothing',
    source: 'facts/immich.md §4; transcript live-image, live-foreign, upload-bad-live-unknown',
    async run({ ben, store, upload, presenceOf, picture, refuses }) {
      const [still, bensVideo] = [await store(picture('photo')), await store(picture('motion'), { as: ben })];
      const photo = picture('photo');
      const joined = (livePhotoVideoId: string) => upload(photo, { fields: { livePhotoVideoId } });
      refuses(await joined(still), 400, 'Live photo video must be a video');
      refuses(await joined(nobodys), 400, 'Live photo video not found');
      refuses(await joined(bensVideo), 400, 'Live photo video does not belong to the user');
      answers(await presenceOf(photo), 200, { results: [{ action: 'accept' }] });
    },
  },
  {
    name: 'refuses the same by PUT and leaves the still as it was',
    source: 'transcript live-link-image, live-link-unknown',
    async run({ anna, store, picture, assetIs, refuses }) {
      const [still, other] = [await store(picture('photo')), await store(picture('photo'))];
      refuses(await anna.put(`/api/assets/${still}`, { livePhotoVideoId: other }), 400, 'Live photo video must be a video');
      refuses(await anna.put(`/api/assets/${still}`, { livePhotoVideoId: nobodys }), 400, 'Live photo video not found');
      await assetIs(still, { livePhotoVideoId: null });
    },
  },
  {
    name: 'joins nothing to a still that it has already',
    source: 'facts/immich.md §4 (if the still turns out duplicate, nothing is linked)',
    async run({ store, upload, picture, assetIs }) {
      const photo = picture('photo');
      const still = await store(photo);
      const video = await store(picture('motion'), { fields: { visibility: 'hidden' } });
      answers(await upload(photo, { fields: { livePhotoVideoId: video } }), 200, { id: still, status: 'duplicate' });
      await assetIs(still, { livePhotoVideoId: null });
    },
  },
  {
    name: 'lets two stills share one video',
    source: 'transcript live-second-still',
    async run({ store, picture, assetIs }) {
      const video = await store(picture('motion'), { fields: { visibility: 'hidden' } });
      for (const photo of [picture('photo'), picture('photo')]) {
        await assetIs(await store(photo, { fields: { livePhotoVideoId: video } }), { livePhotoVideoId: video });
      }
    },
  },
  {
    name: 'erases the video with its still',
    source: 'facts/immich.md §9; transcript live-delete-still, live-delete-still-video',
    async run({ anna, store, picture, eventually, refuses }) {
      const video = await store(picture('motion'), { fields: { visibility: 'hidden' } });
      const still = await store(picture('photo'), { fields: { livePhotoVideoId: video } });
      answers(await anna.remove('/api/assets', { ids: [still], force: true }), 204);
      await eventually(async () => refuses(await anna.get(`/api/assets/${video}`), 400, 'Not found or no asset.read access'));
    },
  },
];

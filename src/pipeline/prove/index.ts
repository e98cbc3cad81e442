/** Prove: reads the original back out of Immich and hashes it. Only this makes a file safe. */
import { damagedInImmich, type FileRecord, otherAssetNow, unreadableInImmich } from '../../domain/index.ts';
import { ImmichError, type Proof } from '../../immich/index.ts';
import type { Journal } from '../../journal/index.ts';
import type { Clock } from '../../kernel/index.ts';
import { happened, type Outcome } from '../outcome.ts';
import { standing, stored } from '../presence.ts';
import { type FileIn, fewAtOnce, type SourceInUse, type Step } from '../step.ts';

export interface ProveParts {
  readonly journal: Pick<Journal, 'contents' | 'sources'>;
  readonly clock: Clock;
}

export function proveStep({ journal, clock }: ProveParts): Step {
  const proveOne = async ({ file, standstill }: FileIn, source: SourceInUse, signal: AbortSignal): Promise<Outcome> => {
    const { sha1, assetId } = file;
    if (!sha1 || !assetId) return happened('changed', { reason: 'what was stored was not known' });
    // A proof belongs to the bytes and the asset: of ten copies one is read.
    const known = journal.contents.find(source.account.id, sha1);
    if (known?.assetId === assetId && known.provenAtMs !== undefined) return happened('proven');
    const { immich } = source.account;
    const isEqual = (proof: Proof): boolean => proof.sha1 === sha1 && proof.sizeBytes === file.stat.sizeBytes;
    const readBack = (): Promise<Proof> => immich.readBack(assetId, signal, () => standstill?.moved());
    try {
      // A second look before the alarm: one wrong answer may be the way, two are the store.
      if (isEqual(await readBack()) || isEqual(await readBack())) {
        return happened('proven', { learnt: { contents: [{ kind: 'proven', sha1, provenAtMs: clock.now() }] } });
      }
    } catch (error) {
      if (!(error instanceof ImmichError) || error.kind !== 'not found') throw error;
      return await askWhere(file, source, signal);
    }
    // Told once: a damage that is known is no news.
    const isNews = known?.assetId !== assetId || known.brokenAtMs === undefined;
    const learnt = { contents: [{ kind: 'broken', sha1 } as const] };
    return happened('blocked', { reason: damagedInImmich, learnt, ...(isNews && { mention: 'proof failed' }) });
  };

  /** The asset cannot be read: is it in the trash, erased, or did it get another id? */
  const askWhere = async ({ sha1, assetId }: FileRecord, source: SourceInUse, signal: AbortSignal): Promise<Outcome> => {
    const [presence] = sha1 ? await source.account.immich.checkPresence([sha1], signal) : [];
    if (!sha1 || !presence) return happened('changed', { reason: 'what was stored was not known' });
    if (presence.kind === 'present' && !presence.isTrashed && presence.assetId !== assetId) {
      return happened('changed', { reason: otherAssetNow });
    }
    const known = journal.contents.find(source.account.id, sha1);
    const verdict = standing({ sha1, presence, known, source, journal });
    if (verdict.kind === 'replace') return happened('changed', { reason: 'it is to be sent again' });
    const outcome = verdict.kind === 'outcome' ? verdict.outcome : stored(sha1, { presence: verdict.presence, known, source });
    const isAnswerToProof = outcome.kind === 'event' && (outcome.event === 'blocked' || outcome.event === 'letGo');
    if (isAnswerToProof) return outcome;
    if (known?.brokenAtMs !== undefined) return happened('blocked', { reason: unreadableInImmich });
    return { kind: 'retry', reason: 'Immich says that it has the file, and cannot give it back' };
  };

  return {
    name: 'prove',
    from: ['stored'],
    lane: 'read',
    ...fewAtOnce,
    keyOf: (file) => file.sha1,
    run: (files, source, signal) => Promise.all(files.map((file) => proveOne(file, source, signal))),
  };
}

/** Mistakes about what was thrown away on disk. */
import { leftAloneNames } from '../../../src/domain/index.ts';
import { isInBin } from '../bins.ts';
import type { FaultyPart } from './faulty-part.ts';
import { withTable } from './parts.ts';

const bins = leftAloneNames.filter(({ what }) => what === 'a bin').map(({ name }) => name);

const root = Buffer.from('');

/** A picture is a picture, wherever it lies. */
export const binsSent: FaultyPart = {
  config: (config) => ({ ...config, sources: config.sources.map((source) => ({ ...source, ignore: { not: bins } })) }),
};

/** What lies in a bin can still be had, so why tell that it is lost? */
export const lossIntoBinsUntold: FaultyPart = {
  journal: (journal, disk) =>
    withTable(journal, 'mentions', ({ add }) => ({
      add: (file, kind, nowMs) => {
        const name = journal.files.byId(file.id)?.name.toString('latin1');
        const isInOne = name !== undefined && disk.files(root).some(({ path }) => isInBin(path) && path.toString('latin1').endsWith(name));
        if (kind !== 'lost' || !isInOne) add(file, kind, nowMs);
      },
    })),
};

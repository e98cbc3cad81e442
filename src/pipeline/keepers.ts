/** The household's sources, each with its keeper: which of them are meant this time, and which may move now. */
import type { SourceConfig } from '../config/index.ts';
import type { SourceId } from '../domain/index.ts';
import type { AccountHolder } from './identify.ts';
import { Keeper, type KeeperParts } from './notice/index.ts';
import { isPaused } from './orders.ts';
import { withOrderedProof } from './proof-order.ts';
import type { SourceInUse } from './step.ts';

export interface KeepersParts extends KeeperParts {
  readonly config: { readonly sources: readonly SourceConfig[] };
  readonly accounts: readonly AccountHolder[];
  /** What is so in the home lets it. */
  readonly mayMove: (source: SourceId) => boolean;
}

export class Keepers {
  readonly all: readonly Keeper[];
  readonly #parts: KeepersParts;
  #meant: ReadonlySet<string> | undefined;

  /** A source that has another name or another folder by now is known again. */
  constructor(parts: KeepersParts) {
    const { config, journal } = parts;
    this.#parts = parts;
    journal.transaction(() => journal.sources.noteRenames(config.sources.map(({ name, folder }) => ({ name, root: Buffer.from(folder) }))));
    this.all = config.sources.map((source) => this.#keep(source));
  }

  get sources(): readonly SourceInUse[] {
    return this.all.map(({ source }) => source);
  }

  of(id: SourceId): Keeper | undefined {
    return this.all.find(({ source }) => source.id === id);
  }

  /** From now on it is only about these, by name; undefined: about all. */
  mean(names: readonly string[] | undefined): void {
    this.#meant = names && new Set(names);
  }

  get meant(): readonly Keeper[] {
    return this.all.filter(({ source }) => this.#meant?.has(source.config.name) ?? true);
  }

  isMeant(id: SourceId): boolean {
    return this.meant.some(({ source }) => source.id === id);
  }

  /** Sources that are there, not paused, not waiting for an answer, and allowed to move by what is so in the home. */
  workable(): readonly SourceInUse[] {
    const { journal, mayMove } = this.#parts;
    if (isPaused(journal)) return [];
    return this.meant.map(({ source }) => source).filter(({ id }) => journal.sources.stateOf(id) === 'present' && mayMove(id));
  }

  /** Sources that nobody paused. */
  awake(): readonly SourceInUse[] {
    const { journal } = this.#parts;
    return isPaused(journal) ? [] : this.sources.filter(({ id }) => journal.sources.stateOf(id) !== 'paused');
  }

  #keep(source: SourceConfig): Keeper {
    const { journal, accounts } = this.#parts;
    const root = Buffer.from(source.folder);
    const record = journal.sources.ensure(source.name, root);
    const account = accounts.find(({ name }) => name === source.account);
    if (!account) throw new Error(`source ${source.name} names an account that is not configured`);
    return new Keeper({ id: record.id, config: withOrderedProof(source, journal), root, account }, this.#parts);
  }
}

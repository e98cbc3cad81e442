/** Something that went wrong in a simulated household. */

export interface Finding {
  /** Findings of one kind are the same mistake, whichever file they are about. */
  readonly kind: FindingKind;
  readonly sentence: string;
}

export type FindingKind =
  | 'ended by itself'
  | 'lost'
  | 'not noticed'
  | 'deaf'
  | 'stuck'
  | 'doubled'
  | 'strange content'
  | 'half a file'
  | 'sent from a bin'
  | 'false proof'
  | 'damage not seen'
  | 'not proven anew'
  | 'read twice'
  | 'assumed'
  | 'erased'
  | 'called done'
  | 'called gone'
  | 'undone came back'
  | 'kept in vain'
  | 'asked again'
  | 'wrong album'
  | 'album missing'
  | 'wrong name'
  | 'moved at home'
  | 'live photo apart'
  | 'joined again'
  | 'hidden behind a stranger'
  | 'without a reason'
  | 'wrong numbers'
  | 'told twice'
  | 'not told'
  | 'told wrongly'
  | 'told early'
  | 'careless sending'
  | 'spins'
  | 'restless';

export const found = (kind: FindingKind, sentence: string): Finding => ({ kind, sentence });

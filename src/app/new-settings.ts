/** Weighs what the owner wrote while Homeroll runs: nothing new, wrong, or to be gone on with. One line of the log for each. */
import { type Config, changesBetween, problemText, type Reading } from '../config/index.ts';
import { type Log, OwnerError } from '../kernel/index.ts';
import type { Sight } from './sight.ts';
import { mustBeFit } from './state-folder.ts';

export interface Weighed {
  readonly config: Config;
  /** False: nothing that is at work now needs to know. */
  readonly isLifeNew: boolean;
}

export class NewSettings {
  readonly #log: () => Log;
  readonly #stateDir: string;
  readonly #sight: Sight;
  /** The last reading was wrong, and the owner waits for a better word. */
  #isWrong = false;
  #certificates: string | undefined;

  constructor({ log, stateDir, sight }: { readonly log: () => Log; readonly stateDir: string; readonly sight: Sight }) {
    this.#log = log;
    this.#stateDir = stateDir;
    this.#sight = sight;
  }

  /** @returns undefined when what is in force stays so */
  async weigh({ loaded, texts, isAsked }: Reading, inForce: Config): Promise<Weighed | undefined> {
    if (loaded.kind === 'refused') return this.#refuse(loaded.problems.map(problemText));
    const { config } = loaded;
    try {
      await mustBeFit(this.#stateDir, config.sources, this.#sight);
    } catch (error) {
      if (error instanceof OwnerError) return this.#refuse([error.message]);
      throw error;
    }
    const { phrases, isStateFolderNew } = changesBetween(inForce, config);
    const changed = [...phrases, ...this.#certificatesChanged(texts.get(config.immich.caFile ?? ''), phrases)];
    const wasWrong = this.#isWrong;
    this.#isWrong = false;
    if (changed.length > 0) this.#log().info(`The settings have changed, and Homeroll goes on with them: ${changed.join(', ')}.`);
    if (isStateFolderNew) this.#log().info('Another "state" takes effect at the next start: until then the journal stays where it is.');
    if (changed.length > 0 || isStateFolderNew) return { config, isLifeNew: changed.length > 0 };
    if (wasWrong) this.#log().info('The settings are right again, and as they were.');
    else if (isAsked) this.#log().info('The settings were read again, and are as they were.');
    return undefined;
  }

  #refuse(sentences: readonly string[]): undefined {
    this.#isWrong = true;
    this.#log().error(`The settings are wrong, and those before stay in force. ${sentences.join(' ')}`);
  }

  /** Other certificates may lie in the file of the same name. */
  #certificatesChanged(text: string | undefined, known: readonly string[]): readonly string[] {
    const phrase = 'certificates changed';
    const isOther = this.#certificates !== undefined && text !== undefined && text !== this.#certificates;
    this.#certificates = text;
    return isOther && !known.includes(phrase) ? [phrase] : [];
  }
}

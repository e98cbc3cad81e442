/** `proof`: what all sources are proven by for now, in place of what homeroll.yaml says. */
import { Command } from 'commander';
import { asConfigured, type ExitCode, proofNow } from '../../desk/index.ts';
import { proofMeant } from '../../domain/index.ts';
import { OwnerError } from '../../kernel/index.ts';
import { type Door, does, examples, type GlobalOptions } from '../door.ts';
import { readSettings } from '../settings.ts';
import { give } from './orders.ts';

export function proofCommand(door: Door): Command {
  return new Command('proof')
    .description('which proof is asked for now, or another for all sources: every, checksum, "sample 5%", as configured')
    .argument('[wish...]', 'every, checksum, sample 5%, or: as configured')
    .addHelpText('after', examples('homeroll proof', 'homeroll proof checksum', 'homeroll proof as configured'))
    .action((words: readonly string[], ...given: unknown[]) =>
      does<GlobalOptions>(door, (options) => proof(door, words.join(' ').toLowerCase(), options))(...given),
    );
}

async function proof(door: Door, wish: string, { config: named, json }: GlobalOptions): Promise<ExitCode> {
  const { app, screen } = door;
  const settings = await readSettings(app, named);
  if (wish === '') {
    const journal = await app.readJournal(settings.config);
    try {
      const now = journal ? proofNow(journal) : asConfigured;
      const said = now === asConfigured ? 'Each source is proven as its `proof:` says.' : `The proof of all sources is "${now}".`;
      await screen.answer(json ? JSON.stringify({ proof: now }) : said);
      return 0;
    } finally {
      journal?.close();
    }
  }
  if (wish !== asConfigured && !proofMeant(wish)) {
    throw new OwnerError('no such proof', `"${wish}" is no proof. Write every, checksum, "sample 5%", or: as configured.`);
  }
  return give(door, { settings, order: { kind: 'proof', subject: wish }, isJson: json });
}

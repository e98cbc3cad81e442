/** `look`, `pause`, `resume`, `retry`, `keep`, `let-go`: orders to a Homeroll at work, or to its journal at rest. */
import { Command } from 'commander';
import { aboutSource as allOf, type ExitCode, exitCodeOf, type Order, whyFile } from '../../desk/index.ts';
import type { PathBytes } from '../../files/index.ts';
import { type Door, does, examples, type GlobalOptions } from '../door.ts';
import { pathsMeant, unknownFile } from '../paths.ts';
import { readSettings, type Settings, sourcesMeant } from '../settings.ts';
import { plain } from '../text.ts';

interface SourceOptions extends GlobalOptions {
  readonly source?: string;
}

interface PathOptions extends SourceOptions {
  readonly pathBase64?: string | boolean;
}

export function orderCommands(door: Door): readonly Command[] {
  return [
    aboutSource(door, { name: 'look', kind: 'sweep', description: 'look through all folders now, or through one, where Homeroll runs' }),
    aboutSource(door, { name: 'pause', kind: 'pause', description: 'let everything, or one source, rest' }),
    aboutSource(door, { name: 'resume', kind: 'resume', description: 'go on after a pause, or after a question' }),
    aboutSource(door, { name: 'retry', kind: 'retry', description: 'try at once what failed, and judge anew what is blocked' }),
    aboutFile(door, { name: 'keep', kind: 'keep', description: 'keep a file after all: bring it back, or send it again' }),
    aboutFile(door, { name: 'let-go', kind: 'let go', description: 'let a file go: never send it again' }),
  ];
}

interface Named {
  readonly name: string;
  readonly kind: Order['kind'];
  readonly description: string;
}

function aboutSource(door: Door, { name, kind, description }: Named): Command {
  return new Command(name)
    .description(description)
    .option('--source <name>', 'only this source')
    .addHelpText('after', examples(`homeroll ${name}`, `homeroll ${name} --source Scanner`))
    .action(
      does<SourceOptions>(door, async (options) => {
        const settings = await readSettings(door.app, options.config);
        const [subject] = options.source === undefined ? [] : sourcesMeant(settings, [options.source]);
        return give(door, { settings, order: { kind, ...(subject !== undefined && { subject }) }, isJson: options.json });
      }),
    );
}

function aboutFile(door: Door, { name, kind, description }: Named): Command {
  return new Command(name)
    .description(description)
    .argument('[path]', 'the file; or a .nomedia or .homerollignore that you were asked about')
    .option('--path-base64 [bytes]', 'the path in base64, for names that are no text')
    .option('--source <name>', 'all of this source that you were asked about, since it is gone from Immich')
    .addHelpText('after', examples(`homeroll ${name} /media/phones/anna/IMG_2041.HEIC`, `homeroll ${name} --source Scanner`))
    .action(
      does<PathOptions>(door, async (options, path) => {
        const settings = await readSettings(door.app, options.config);
        const [source] = options.source === undefined ? [] : sourcesMeant(settings, [options.source]);
        if (source !== undefined) return give(door, { settings, order: { kind, subject: allOf(source) }, isJson: options.json });
        const meant = await knownPath(door, settings, { path, pathBase64: options.pathBase64 });
        return give(door, { settings, order: { kind, subject: meant.toString('base64') }, isJson: options.json });
      }),
    );
}

export interface Giving {
  readonly settings: Settings;
  readonly order: Order;
  readonly isJson: boolean | undefined;
}

/** To a Homeroll at work, or to its journal at rest; says what was answered. */
export async function give({ app, screen, stop }: Door, { settings, order, isJson }: Giving): Promise<ExitCode> {
  const { answer } = await app.giveOrder(settings.config, order, stop.signal);
  const said = answer ?? 'Noted. A Homeroll is at work and takes it as soon as it can.';
  if (isJson) await screen.answer(JSON.stringify({ order: order.kind, isDone: answer !== undefined, answer: said }));
  else await screen.tell(plain(said));
  return exitCodeOf({});
}

async function knownPath({ app }: Door, { config }: Settings, wish: Parameters<typeof pathsMeant>[0]): Promise<PathBytes> {
  const candidates = await pathsMeant(wish, config.sources, app.surroundings);
  const journal = await app.readJournal(config);
  try {
    const known = candidates.find((candidate) => journal && whyFile(candidate, journal, app.clock.now()));
    if (known) return known;
    throw await unknownFile(candidates, config.sources, {
      journal,
      isAtWork: await app.isAtWork(config),
      kindAt: (path) => app.kindAt(path, config),
    });
  } finally {
    journal?.close();
  }
}

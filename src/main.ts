/** Where the program begins: the words of the command line go to the command line's door, and its answer is how we end. */
import { homeroll } from './app/index.ts';
import { runCli } from './cli/index.ts';

const { argv, env, stdout, stderr } = process;
const code = await runCli({
  app: homeroll(import.meta.filename),
  words: argv.slice(2),
  program: process,
  stdout,
  stderr,
  environment: env,
});
process.exit(code);

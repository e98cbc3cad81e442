/** What the command line does before it lets the program end. */
import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from './app-port.ts';
import { runCli } from './program.ts';

/** Takes a while for each piece, as the other end of a socket does. */
class SlowReader extends Writable {
  received = '';

  override _write(piece: Buffer, _encoding: string, done: () => void): void {
    void sleep(20).then(() => {
      this.received += piece.toString();
      done();
    });
  }
}

describe('a command whose answer is read slowly', () => {
  for (const words of [['--version'], ['stauts']]) {
    it(`ends \`${words.join(' ')}\` only when all of the answer has left`, async () => {
      const [stdout, stderr] = [new SlowReader(), new SlowReader()];
      const app: Pick<App, 'version'> = { version: '1.2.3' };
      const program = { on: () => undefined, exit: () => assert.fail('it ended by itself') };
      await runCli({ app: app as App, program, words, stdout, stderr, environment: {} });
      assert.deepEqual([stdout.writableLength, stderr.writableLength], [0, 0]);
      assert.notEqual(stdout.received + stderr.received, '');
    });
  }
});

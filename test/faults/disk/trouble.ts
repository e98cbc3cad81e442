/** A disk that refuses: for a moment or for good, one file or a folder, whatever it is asked. */
import type { DiskErrorKind } from '../../../src/files/index.ts';
import { TestHousehold } from '../../kit/household.ts';
import type { Fault } from '../fault.ts';
import { tollOfHousehold } from '../scenes.ts';
import { all, comeToRest, expecting, isUndone, newsOf, onHousehold, type Question, refuse, tamperedDisk } from './kit.ts';

const troubles: readonly { readonly what: string; readonly kind: DiskErrorKind }[] = [
  { what: 'permission denied (EACCES)', kind: 'forbidden' },
  { what: 'an input/output error (EIO)', kind: 'broken' },
  { what: 'a share that does not answer (ESTALE)', kind: 'away' },
  { what: 'too many open files (EMFILE)', kind: 'busy' },
];
const questions: readonly Question[] = ['stat', 'list', 'open', 'read'];
const names = ['a.jpg', 'shut/b.jpg', 'shut/deep/c.jpg', 'd.jpg'];

/** From the first look on, or only once all is safe. */
const phases = ['fresh', 'safe'] as const;

const cases = questions.flatMap((question) => phases.map((phase) => ({ question, phase })));

/** Whether this look is one of those that are refused. */
function isHit(path: string, asked: Question, question: Question): boolean {
  if (asked !== question) return false;
  return question === 'list' ? path.endsWith('/shut') : path.endsWith('/b.jpg');
}

export const troubleFaults: readonly Fault[] = troubles.flatMap(({ what, kind }) => [
  onHousehold({
    name: `${what}, for a moment`,
    tries: cases.length,
    async strike(seed) {
      const { question, phase } = cases[(seed - 1) % cases.length] ?? { question: 'stat', phase: 'fresh' };
      let left = 0;
      const disk = tamperedDisk((asked, path) => {
        if (isHit(path, asked, question) && left-- > 0) refuse(kind, path);
      });
      await using home = await TestHousehold.open({ disk, sources: [{ identity: 'local' }] });
      for (const name of names) await home.write(name);
      if (phase === 'safe') await home.once();
      left = 1 + (seed % 3);
      await home.once();
      const goneMeanwhile = home.numbers().gone;
      left = 0;
      await comeToRest(home);
      return all(
        await tollOfHousehold(home),
        expecting(
          [goneMeanwhile === 0, `${goneMeanwhile} files were called gone`],
          [newsOf(home, 'lost before safe').length === 0, 'something was told as lost'],
          [!isUndone(home), 'it is over, and something is not done'],
        ),
      );
    },
  }),
  onHousehold({
    name: `${what}, for days`,
    tries: cases.length,
    isQuick: kind === 'broken',
    async strike(seed) {
      const { question, phase } = cases[(seed - 1) % cases.length] ?? { question: 'stat', phase: 'fresh' };
      let isBroken = phase === 'fresh';
      const disk = tamperedDisk((asked, path) => {
        if (isBroken && isHit(path, asked, question)) refuse(kind, path);
      });
      await using home = await TestHousehold.open({ disk, sources: [{ identity: 'local' }] });
      for (const name of names) await home.write(name);
      await home.once();
      isBroken = true;
      await home.write('new.jpg');
      // So that it must be read again, and not only be looked at.
      if (phase === 'safe' && question !== 'stat') await home.touch('shut/b.jpg');
      for (let day = 0; day < 3; day += 1) {
        home.clock.leap(86_400_000);
        await home.once();
      }
      const others = ['a.jpg', 'd.jpg', 'new.jpg'].filter((name) => home.state(name) !== 'safe');
      const meanwhile = expecting(
        [others.length === 0, `${others} had to wait for it`],
        [home.numbers().gone === 0, `${home.numbers().gone} files were called gone`],
        [isUndone(home), '`once` ended with 0 though not all could be read'],
      );
      isBroken = false;
      await comeToRest(home);
      return all(
        meanwhile,
        await tollOfHousehold(home),
        expecting(
          [newsOf(home, 'lost before safe').length === 0, 'something was told as lost'],
          [!isUndone(home), 'it is over, and something is not done'],
        ),
      );
    },
  }),
]);

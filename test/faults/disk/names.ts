/** Names that are no text, names that are too long, and what bears a name and is no ordinary file. */
import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { TestHousehold } from '../../kit/household.ts';
import type { Fault } from '../fault.ts';
import { tollOfHousehold } from '../scenes.ts';
import { all, comeToRest, expecting, isUndone, onHousehold, run } from './kit.ts';

const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

const names: readonly Buffer[] = [
  bytes([0xff, 0xfe, 0x4b], '.jpg'),
  bytes('latin ', [0xe4, 0xf6, 0xfc], '.jpg'),
  bytes('half a letter ', [0xc3], '.jpg'),
  bytes('surrogate ', [0xed, 0xa0, 0x80], '.jpg'),
  bytes('line\nbreak\r.jpg'),
  bytes('\u202egpj.txt', '.jpg'),
  bytes('x'.repeat(251), '.jpg'),
  bytes('🏖'.repeat(60), '.jpg'),
  bytes([0x01, 0x7f], '.jpg'),
  bytes('.jpg.jpg'),
  bytes('a folder ', [0xff], '/a.jpg'),
  bytes(`${'d'.repeat(200)}/`.repeat(15), 'deep.jpg'),
  bytes('%2e%2e%2f.jpg'),
  bytes("'; DROP TABLE file; --.jpg"),
];

export const nameFaults: readonly Fault[] = [
  onHousehold({
    name: 'names that are no text, or as long as they can be',
    tries: 2,
    isQuick: true,
    async strike(seed) {
      await using home = await TestHousehold.open({ sources: [{ identity: seed === 1 ? 'local' : 'network' }] });
      for (const name of names) await home.write(name, name);
      await home.once();
      home.counts.opens = 0;
      home.asked.length = 0;
      await comeToRest(home);
      return all(
        await tollOfHousehold(home),
        expecting([!isUndone(home), 'something is not done'], [home.counts.opens === 0, 'files were opened though nothing changed']),
      );
    },
  }),
  onHousehold({
    name: 'a path that is too long for the system',
    tries: 1,
    async strike() {
      await using home = await TestHousehold.open();
      await home.write('a.jpg');
      const cwd = process.cwd();
      mkdirSync(`${home.folder()}/deep`);
      process.chdir(`${home.folder()}/deep`);
      for (let depth = 0; depth < 18; depth += 1) {
        mkdirSync('d'.repeat(250));
        process.chdir('d'.repeat(250));
      }
      writeFileSync('unreachable.jpg', 'nobody can name it');
      process.chdir(cwd);
      await home.once();
      await home.once();
      const isSaid = isUndone(home);
      const safe = home.state('a.jpg');
      run('rm', '-rf', `${home.folder()}/deep`);
      await comeToRest(home);
      return all(
        await tollOfHousehold(home),
        expecting(
          [isSaid, '`once` ended with 0 though nobody can look there'],
          [safe === 'safe', 'it held up another'],
          [!isUndone(home), 'it is over, and something is not done'],
        ),
      );
    },
  }),
  onHousehold({
    name: 'pipes, sockets, devices and links that are called like pictures',
    tries: 2,
    async strike(seed) {
      await using home = await TestHousehold.open();
      for (const name of ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e.jpg', 'f.jpg', 'g.jpg', 'h.jpg']) await home.write(name);
      if (seed === 2) await home.once();
      const at = (name: string): string => home.path(name).toString();
      for (const name of ['b.jpg', 'c.jpg', 'd.jpg']) rmSync(at(name));
      run('mkfifo', at('b.jpg'));
      const socket = createServer().listen(at('c.jpg'));
      symlinkSync(at('a.jpg'), at('d.jpg'));
      if (process.getuid?.() === 0) run('mknod', at('null.jpg'), 'c', '1', '5');
      mkdirSync(at('folder.jpg'));
      await comeToRest(home);
      socket.close();
      const known = Object.keys(home.states()).toSorted().join();
      return all(
        await tollOfHousehold(home),
        expecting([known === 'a.jpg,e.jpg,f.jpg,g.jpg,h.jpg', `known are ${known}`], [!isUndone(home), 'something is not done']),
      );
    },
  }),
  onHousehold({
    name: 'a file becomes a folder, and a file again',
    tries: 4,
    async strike(seed) {
      await using home = await TestHousehold.open();
      const path = home.path('x.jpg').toString();
      const turns = [
        (): void => writeFileSync(path, `a file, ${seed}`),
        (): void => {
          rmSync(path);
          mkdirSync(path);
          writeFileSync(`${path}/inner.jpg`, 'in the folder');
        },
        (): void => {
          renameSync(path, `${path}.aside`);
          writeFileSync(path, 'a file again');
        },
        (): void => {
          rmSync(path);
          renameSync(`${path}.aside`, path);
        },
      ];
      for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) await home.write(name);
      // With and without a look in between.
      for (const [index, turn] of turns.entries()) {
        turn();
        if (seed > 2 || index % 2 === seed - 1) await home.once();
      }
      await comeToRest(home);
      return all(await tollOfHousehold(home), expecting([!isUndone(home), 'something is not done']));
    },
  }),
  onHousehold({
    name: 'hard links',
    tries: 3,
    async strike(seed) {
      await using home = await TestHousehold.open();
      const at = (name: string): string => home.path(name).toString();
      await home.write('a.jpg', 'one for all');
      if (seed > 1) await home.once();
      for (const name of ['b.jpg', 'c.jpg']) linkSync(at('a.jpg'), at(name));
      if (seed > 2) rmSync(at('a.jpg'));
      await comeToRest(home);
      // Written through one name it changes under all.
      writeFileSync(at('c.jpg'), 'all for one');
      await comeToRest(home);
      return all(await tollOfHousehold(home), expecting([!isUndone(home), 'something is not done']));
    },
  }),
  onHousehold({
    name: 'sparse files, and files that another program holds open and locked',
    tries: 2,
    async strike(seed) {
      await using home = await TestHousehold.open();
      await home.write('sparse.mp4', 'a film');
      truncateSync(home.path('sparse.mp4'), (32 << 20) + seed);
      await home.write('held.jpg');
      await home.write('gone.jpg');
      const held = openSync(home.path('held.jpg'), 'r+');
      const gone = openSync(home.path('gone.jpg'), 'r');
      rmSync(home.path('gone.jpg'));
      await comeToRest(home);
      closeSync(held);
      closeSync(gone);
      return all(await tollOfHousehold(home), expecting([!isUndone(home), 'something is not done']));
    },
  }),
  onHousehold({
    name: 'other bytes of the same size and time in the same inode, on a local disk',
    tries: 2,
    async strike(seed) {
      await using home = await TestHousehold.open({ sources: [{ identity: 'local' }] });
      await home.write('a.jpg', 'the first');
      await home.once();
      const { atime, mtime, ino } = statSync(home.path('a.jpg'));
      writeFileSync(home.path('a.jpg'), 'a second.', { flag: seed === 1 ? 'w' : 'r+' });
      utimesSync(home.path('a.jpg'), atime, mtime);
      const isSame = statSync(home.path('a.jpg')).ino === ino;
      await comeToRest(home);
      return all(await tollOfHousehold(home), expecting([isSame, 'the inode is another one'], [!isUndone(home), 'something is not done']));
    },
  }),
];

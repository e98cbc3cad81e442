import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ImmichError } from '../immich/index.ts';
import { isCertain, isOfServer, knockAfterMs, type Trouble } from './trouble.ts';

type Kind = ImmichError['kind'];

describe('a failure', () => {
  const cases: readonly { what: string; error: ImmichError; certain: boolean; ofServer: boolean }[] = [
    { what: 'of a call that nobody took', error: new ImmichError('away', ''), certain: true, ofServer: true },
    {
      what: 'of a call that was taken and not answered',
      error: new ImmichError('away', '', { mayBeStored: true }),
      certain: false,
      ofServer: true,
    },
    {
      what: 'that a proxy tells',
      error: new ImmichError('away', '', { status: 504, mayBeStored: true }),
      certain: false,
      ofServer: true,
    },
    { what: 'with a time to wait', error: new ImmichError('away', '', { status: 503, retryAfterMs: 1 }), certain: true, ofServer: false },
    { what: 'of a busy server', error: new ImmichError('busy', '', { status: 500 }), certain: false, ofServer: false },
    { what: 'of a busy server that names a time', error: new ImmichError('busy', '', { retryAfterMs: 1 }), certain: true, ofServer: false },
    { what: 'of the key', error: new ImmichError('key refused', '', { status: 401 }), certain: true, ofServer: false },
    { what: 'of the certificate', error: new ImmichError('certificate', ''), certain: true, ofServer: true },
    { what: 'in the middle of an answer', error: new ImmichError('unclear', '', { mayBeStored: true }), certain: false, ofServer: false },
    { what: 'of one file', error: new ImmichError('too large', '', { status: 413 }), certain: false, ofServer: false },
  ];
  for (const { what, error, certain, ofServer } of cases) {
    it(`${what} is ${certain ? 'plain' : 'to be looked into'}, and about ${ofServer ? 'the server' : 'less'}`, () => {
      assert.deepEqual([isCertain(error), isOfServer(error)], [certain, ofServer]);
    });
  }
});

describe('whoever is shut is knocked at', () => {
  const after = (kind: Kind, knocks: number, retryAfterMs?: number): number => knockAfterMs({ kind, knocks, retryAfterMs });

  it('every five seconds while it is away', () => assert.deepEqual([after('away', 0), after('away', 500)], [5_000, 5_000]));
  it('ever more seldom with a key that was refused, down to once in ten minutes', () =>
    assert.deepEqual([after('key refused', 0), after('key refused', 3), after('key refused', 50)], [5_000, 40_000, 600_000]));
  it('less often while it is busy', () => assert.deepEqual([after('busy', 0), after('busy', 50)], [5_000, 60_000]));
  it('when it asked to be, but after an hour at the latest', () =>
    assert.deepEqual([after('busy', 0, 90_000), after('busy', 0, 1e9), after('busy', 0, 0)], [90_000, 3_600_000, 5_000]));
  it('never at once and never after more than an hour', () => {
    const kinds: readonly Kind[] = ['away', 'busy', 'unclear', 'key refused', 'garbage', 'moved', 'certificate'];
    const troubles = fc.record<Pick<Trouble, 'kind' | 'knocks' | 'retryAfterMs'>>({
      kind: fc.constantFrom(...kinds),
      knocks: fc.nat(1e6),
      retryAfterMs: fc.option(fc.nat(1e9), { nil: undefined }),
    });
    fc.assert(
      fc.property(troubles, (trouble) => {
        const waitMs = knockAfterMs(trouble);
        assert.ok(waitMs >= 5_000 && waitMs <= 3_600_000, `${waitMs}`);
      }),
    );
  });
});

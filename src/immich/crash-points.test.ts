import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withCrashPoints } from './crash-points.ts';
import type { ImmichRequest, ImmichTransport } from './transport.ts';

const never = new AbortController().signal;
const album = '6f1b7d8e-2a3c-4d5e-8f90-123456789abc';

/** Which points are reached, and what the server sees, in their order. */
async function reachedBy(request: Pick<ImmichRequest, 'method' | 'path'>, chunks?: readonly string[]): Promise<readonly string[]> {
  const happened: string[] = [];
  const bare: ImmichTransport = {
    async send({ body }) {
      for await (const chunk of body?.chunks() ?? []) happened.push(Buffer.from(chunk).toString());
      happened.push('answered');
      return { status: 200, headers: {}, body: (async function* () {})() };
    },
    close: async () => undefined,
  };
  const body = chunks && {
    sizeBytes: chunks.join('').length,
    async *chunks() {
      for (const chunk of chunks) yield Buffer.from(chunk);
    },
  };
  const headers: Record<string, string> = { 'Content-Type': chunks ? 'multipart/form-data; boundary=x' : 'application/json' };
  const transport = withCrashPoints(bare, { reach: (name) => happened.push(name) });
  await transport.send({ ...request, headers, ...(body && { body }) }, never);
  return happened;
}

describe('an order to Immich', () => {
  it('has a point before it is sent and one when it is answered, without the ids of its path', async () => {
    const reached = await reachedBy({ method: 'PUT', path: `/api/albums/${album}/assets` });
    assert.deepEqual(reached, ['before PUT /albums/:id/assets', 'answered', 'after PUT /albums/:id/assets']);
  });

  it('that carries a file has four more: its first bytes, its half, and both sides of its end', async () => {
    assert.deepEqual(await reachedBy({ method: 'POST', path: '/api/assets' }, ['head', '1234', '5678', 'end']), [
      'before POST /assets',
      'head',
      'in POST /assets, its first bytes sent',
      '1234',
      'in POST /assets, half of it sent',
      '5678',
      'in POST /assets, before the form is closed',
      'end',
      'in POST /assets, the form closed',
      'answered',
      'after POST /assets',
    ]);
  });

  for (const question of [
    { method: 'GET', path: '/api/albums?shared=true' },
    { method: 'POST', path: '/api/search/metadata' },
  ]) {
    it(`has none if it is only a question: ${question.method} ${question.path}`, async () => {
      assert.deepEqual(await reachedBy(question), ['answered']);
    });
  }
});

/** Job queues: always idle, because all work is done before the answer. */
import { json } from './exchange.ts';
import { type Handler, type Route, route } from './parts.ts';

const idle = { active: 0, completed: 0, failed: 0, delayed: 0, waiting: 0, paused: 0 };

const all: Handler = ({ dialect }) =>
  json(
    200,
    dialect.queues.map((name) => ({ name, isPaused: false, statistics: idle })),
  );

export const queueRoutes: readonly Route[] = [route('GET /queues', 'queue.read', { answer: all, adminOnly: true })];

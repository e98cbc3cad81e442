/** More weeks than `npm test` has time for. */
import { describe } from 'node:test';
import { itLivesWell } from './lives-well.ts';

describe('fifty more household-weeks with faults and crashes', () => itLivesWell({ first: 16, count: 50 }));

import { describe, expect, it } from 'vitest';
import { laneOf, readLanes } from '../../../src/engine/store/lanes.ts';

const page = { query: '', sort: null, limit: 50, cursor: null };

describe('the lanes of reads', () => {
  it('keep a page apart from whatever looks at as many rows as there are', () => {
    for (const list of ['sessions', 'users', 'events', 'findings']) {
      expect([list, laneOf(list, [{ ...page, total: false }])]).toEqual([list, 'pages']);
      expect([list, laneOf(list, [page])]).toEqual([list, 'slow']);
    }
    for (const method of ['count', 'overview', 'map', 'planCandidates', 'auditFrom'])
      expect([method, laneOf(method, [])]).toEqual([method, 'slow']);
    expect(laneOf('session', ['key'])).toBe('pages');
  });

  it('know every read, and only reads', () => {
    expect(Object.keys(readLanes)).toContain('sources');
    expect(() => laneOf('toString', [])).toThrow(/no read "toString"/);
  });
});

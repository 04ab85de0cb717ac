import { describe, expect, it } from 'vitest';
import { rateDialect } from '../../../src/engine/source/rate-dialect.ts';

const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const answer = (status: number, headers: Record<string, string>, text = '') => ({ status, headers, text });

describe('rateDialect', () => {
  it('reads a reset in epoch milliseconds against the server clock', () => {
    const dialect = rateDialect({ headers: 'x-ratelimit', reset: 'epoch-ms' });
    const headers = {
      'x-ratelimit-limit': '15',
      'x-ratelimit-remaining': '4',
      'x-ratelimit-reset': String(NOW + 70_000),
    };
    expect(dialect.read(answer(200, headers), NOW, 10_000)).toEqual({
      limit: 15,
      remaining: 4,
      resetAtMs: NOW + 60_000,
      retryAfterMs: null,
    });
  });

  it('reads a reset in epoch seconds under the other spelling', () => {
    const dialect = rateDialect({ headers: 'x-rate-limit', reset: 'epoch-s' });
    const headers = { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(NOW / 1000 + 30) };
    expect(dialect.read(answer(200, headers), NOW, 0)).toMatchObject({ resetAtMs: NOW + 30_000 });
  });

  it('reads a reset in delta seconds', () => {
    const dialect = rateDialect({ headers: 'x-ratelimit', reset: 'delta-s' });
    expect(dialect.read(answer(200, { 'x-ratelimit-reset': '12' }), NOW, 0)).toMatchObject({
      resetAtMs: NOW + 12_000,
    });
  });

  it("reads a refusal's own header, the standard one in both forms, and the sentence", () => {
    const own = rateDialect({ retryAfter: 'x-retry-after' });
    expect(own.read(answer(429, { 'x-retry-after': '10' }), NOW, 0)?.retryAfterMs).toBe(10_000);
    const standard = rateDialect();
    expect(standard.read(answer(429, { 'retry-after': '7' }), NOW, 0)?.retryAfterMs).toBe(7000);
    const date = { 'retry-after': 'Fri, 20 Nov 2026 12:00:30 GMT' };
    expect(standard.read(answer(429, date), NOW, 5000)?.retryAfterMs).toBe(25_000);
    const words = rateDialect({ retryAfterText: /wait (\d+) seconds/ });
    expect(words.read(answer(429, {}, 'You must wait 37 seconds before'), NOW, 0)?.retryAfterMs).toBe(37_000);
  });

  it('hears nothing in an answer without news, in nonsense, or in a retry header of a success', () => {
    const dialect = rateDialect({ headers: 'x-ratelimit', reset: 'epoch-ms' });
    expect(dialect.read(answer(200, {}), NOW, 0)).toBeNull();
    expect(
      dialect.read(answer(200, { 'x-ratelimit-limit': '-1', 'x-ratelimit-reset': '5, 5' }), NOW, 0),
    ).toBeNull();
    expect(dialect.read(answer(200, { 'retry-after': '5' }), NOW, 0)).toBeNull();
  });
});

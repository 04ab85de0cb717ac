import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packTelling, unpackTelling } from '../../../src/engine/store/finding-telling.ts';
import { tellingWords } from '../../../src/engine/store/telling-words.ts';

const travel = {
  title: 'Impossible travel: “Berlin”, Germany to “Sydney”, Australia, 16,092 km in 20 minutes',
  explanation:
    '“Ann” at “chat” was seen near “Berlin”, Germany (within 50 km, assumed for a city) at 2026-11-20 11:00 UTC from 198.51.100.7, AS64500 “Example Cable” with “Firefox” on “Windows” (desktop), reported by chat.',
  evidence: { from: { session: 'mr4ucu5verj7bgftggy3yvdjv7', city: 'Berlin' }, distanceKm: 16_092.5 },
};

describe('what a finding tells', () => {
  it('is stored in less than half of its bytes', () => {
    const plain = JSON.stringify(travel);
    expect(packTelling(travel).length).toBeLessThan(plain.length / 2);
  });

  it('is read as it was written, whatever the words and however many', () => {
    const evidence = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(fc.record({ title: fc.string(), explanation: fc.string(), evidence }), (telling) => {
        expect(JSON.stringify(unpackTelling(packTelling(telling)))).toBe(JSON.stringify(telling));
      }),
    );
    const long = { title: '', explanation: 'ü'.repeat(300_000), evidence: {} };
    expect(unpackTelling(packTelling(long))).toEqual(long);
  });

  it('can be read for ever: the words that stored findings refer to are what they were', () => {
    expect(createHash('sha256').update(tellingWords).digest('hex')).toBe(
      '39d08bf6ff41378264cf663851b42b9c91cca2473bf1fc13e20b738b9a6d01f9',
    );
  });
});

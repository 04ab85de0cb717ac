import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foundBy } from '../../support/judged.ts';
import { aSighting, factsOf, HOUR, lifeAtHome, NOW_MS, phone } from '../../support/sighting.ts';
import { ruleId } from '../../../src/contract/rules.ts';
import { packTelling, tellingText, unpackTelling } from '../../../src/engine/store/finding-telling.ts';
import { ruleTellingWords } from '../../../src/engine/store/rule-telling-words.ts';
import { commonTellingWords, tellingWords } from '../../../src/engine/store/telling-words.ts';

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

describe('what a finding tells', () => {
  it('is stored in less than a third of its bytes, with the words of its rule', () => {
    const stranger = aSighting({ atMs: NOW_MS - HOUR, device: phone });
    const [finding] = foundBy('new-device', factsOf(...lifeAtHome(), stranger));
    if (finding === undefined) throw new Error('nothing was found');
    const text = tellingText(finding);
    const packed = packTelling('new-device', text);
    expect(packed.length).toBeLessThan(text.length / 3);
    expect(packed.length).toBeLessThan(packTelling(null, text).length);
  });

  it('is read as it was written, whatever the words and however many', () => {
    const evidence = fc.dictionary(fc.string(), fc.jsonValue());
    const rule = fc.constantFrom(null, ...ruleId.options);
    const telling = fc.record({ title: fc.string(), explanation: fc.string(), evidence });
    fc.assert(
      fc.property(rule, telling, (by, told) => {
        const unpacked = unpackTelling(packTelling(by, tellingText(told)));
        expect(JSON.stringify(unpacked)).toBe(JSON.stringify(told));
      }),
    );
    const long = { title: '', explanation: 'ü'.repeat(300_000), evidence: {} };
    expect(unpackTelling(packTelling('new-device', tellingText(long)))).toEqual(long);
  });

  it('has words of its own for every rule', () => {
    expect(new Set(ruleTellingWords.map(([rule]) => rule))).toEqual(new Set(ruleId.options));
  });

  it('can be read for ever: the words that stored findings refer to are what they were', () => {
    expect(digestOf(tellingWords)).toBe('39d08bf6ff41378264cf663851b42b9c91cca2473bf1fc13e20b738b9a6d01f9');
    expect(digestOf(commonTellingWords)).toBe(
      '349dac57179e3d740ecf589da100350b3e662c5c0e9dbd74d496411630ed0675',
    );
    // Of the lines there were when this was written; later ones are added behind them.
    expect(digestOf(JSON.stringify(ruleTellingWords.slice(0, 47)))).toBe(
      '1400f7ee92dad97b5c9e80fafe7d15ae4202076825c5b5f53f94d7dee3af105d',
    );
  });
});

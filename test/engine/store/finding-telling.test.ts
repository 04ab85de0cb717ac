import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foundBy, readable } from '../../support/judged.ts';
import { aSighting, factsOf, HOUR, lifeAtHome, NOW_MS, phone } from '../../support/sighting.ts';
import { ruleId } from '../../../src/contract/rules.ts';
import { catalogue } from '../../../src/engine/detect/catalogue.ts';
import { wordsOf } from '../../../src/engine/detect/tell.ts';
import { packTelling, tellingText, unpackTelling } from '../../../src/engine/store/finding-telling.ts';
import { ruleTellingWords } from '../../../src/engine/store/rule-telling-words.ts';
import { commonTellingWords, tellingWords } from '../../../src/engine/store/telling-words.ts';

/** Rules whose findings are stored without words. */
const tellingRules = catalogue.flatMap(({ id, tell }) => (tell === undefined ? [] : [id])).sort();
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
    const { title, explanation, evidence } = finding;
    const inWords = tellingText({ words: { title, explanation }, evidence });
    expect(packed.length).toBeLessThan((packTelling('new-device', inWords).length * 2) / 3);
  });

  it('is read as it was written, whatever the words and however many', () => {
    const evidence = fc.dictionary(fc.string(), fc.jsonValue());
    const rule = fc.constantFrom(null, ...ruleId.options);
    const words = fc.option(fc.record({ title: fc.string(), explanation: fc.string() }));
    const telling = fc.record({ words, evidence });
    fc.assert(
      fc.property(rule, telling, (by, told) => {
        const unpacked = unpackTelling(packTelling(by, tellingText(told)));
        expect(JSON.stringify(unpacked)).toBe(JSON.stringify(told));
      }),
    );
    const long = { words: { title: '', explanation: 'ü'.repeat(300_000) }, evidence: {} };
    expect(unpackTelling(packTelling('new-device', tellingText(long)))).toEqual(long);
  });

  it('has words of its own for every rule', () => {
    expect(new Set(ruleTellingWords.map(([rule]) => rule))).toEqual(new Set(ruleId.options));
  });

  it('is told by every later version from the evidence that was stored: it is what it was', () => {
    const stored = ruleTellingWords.filter(([, words]) => words.startsWith('{'));
    expect(stored.map(([rule]) => rule).sort()).toEqual(tellingRules);
    for (const [rule, words] of stored) {
      const evidence = JSON.parse(words) as Record<string, unknown>;
      const about = { rule, severity: 'low', source: 'app', userId: 'u1', words: null, evidence } as const;
      const { title, explanation } = wordsOf(about, 'ann');
      expect(explanation).toMatch(readable);
      expect(title + explanation).not.toMatch(/undefined|NaN|null|an unknown time/);
    }
  });

  it('can be read for ever: the words that stored findings refer to are what they were', () => {
    expect(digestOf(tellingWords)).toBe('39d08bf6ff41378264cf663851b42b9c91cca2473bf1fc13e20b738b9a6d01f9');
    expect(digestOf(commonTellingWords)).toBe(
      '349dac57179e3d740ecf589da100350b3e662c5c0e9dbd74d496411630ed0675',
    );
    // Of the lines there were when these were written; later ones are added behind them.
    expect(digestOf(JSON.stringify(ruleTellingWords.slice(0, 47)))).toBe(
      '1400f7ee92dad97b5c9e80fafe7d15ae4202076825c5b5f53f94d7dee3af105d',
    );
    expect(digestOf(JSON.stringify(ruleTellingWords.slice(0, 56)))).toBe(
      '8c5957912605c0a4401c2abd16af59ad9625d4506949450e0b430567428b1178',
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  userAgentSimilarity,
  userAgentWithoutVersions,
} from '../../../src/engine/enrich/user-agent-similarity.ts';

const ON_WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36';
const ON_PIXEL =
  'Mozilla/5.0 (Linux; Android 13; Pixel 7 Build/TQ3A.230901.001) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36';
const ON_IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 Mobile/15E148 Safari/604.1';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0';

/** Detections 4.4: below this a session has changed its device. */
const SAME = 0.95;

describe('userAgentWithoutVersions', () => {
  it('removes what an update changes and keeps models', () => {
    expect(userAgentWithoutVersions(ON_PIXEL)).toBe(
      'Mozilla (Linux; Android; Pixel 7 Build) AppleWebKit (KHTML, like Gecko) Chrome Mobile Safari',
    );
    expect(userAgentWithoutVersions(FIREFOX)).toBe('Mozilla (X11; Linux x86_64; rv:) Gecko Firefox');
  });
});

describe('userAgentSimilarity', () => {
  it.each([
    ['a Chrome update', ON_WINDOWS, ON_WINDOWS.replace('120.0.0.0', '131.0.6778.86')],
    ['a Firefox update', FIREFOX, FIREFOX.replaceAll('125.0', '126.0.1')],
    [
      'an iOS update',
      ON_IPHONE,
      ON_IPHONE.replace('17_4_1', '18_0').replace('17.4.1', '18.0').replace('15E148', '16A1'),
    ],
    [
      'an Android update',
      ON_PIXEL,
      ON_PIXEL.replace('13', '14').replace('TQ3A.230901.001', 'UQ1A.240205.002'),
    ],
  ])('is complete after %s', (_, before, after) => expect(userAgentSimilarity(before, after)).toBe(1));

  it.each([
    ['another system', ON_WINDOWS, ON_WINDOWS.replace('Windows NT 10.0; Win64; x64', 'X11; Linux x86_64')],
    ['another browser on the same system', ON_WINDOWS, `${ON_WINDOWS} Edg/120.0.0.0`],
    ['another model', ON_PIXEL, ON_PIXEL.replace('Pixel 7', 'SM-G991B')],
    ['a headless browser', ON_WINDOWS, ON_WINDOWS.replace('Chrome', 'HeadlessChrome')],
    ['a script', ON_WINDOWS, 'python-requests/2.31.0'],
    ['nothing', ON_WINDOWS, ''],
  ])('is too low for %s', (_, before, after) =>
    expect(userAgentSimilarity(before, after)).toBeLessThan(SAME),
  );

  it('is |A ∩ B| / |A ∪ B| of the words', () => {
    expect(userAgentSimilarity('a b c', 'a b d')).toBe(2 / 4);
    expect(userAgentSimilarity('', '')).toBe(1);
    expect(userAgentSimilarity('a', 'b')).toBe(0);
  });

  it('is symmetric, within 0 and 1, and never throws', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const value = userAgentSimilarity(a, b);
        expect(value).toBe(userAgentSimilarity(b, a));
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(userAgentSimilarity(a, a)).toBe(1);
      }),
    );
  });

  it('looks at the first kilobyte only', () => {
    expect(userAgentSimilarity('a'.repeat(1024) + ' b', 'a'.repeat(1024) + ' c')).toBe(1);
  });
});

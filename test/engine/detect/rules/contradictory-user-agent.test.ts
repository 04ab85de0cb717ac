import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { deviceOf } from '../../../../src/engine/enrich/device.ts';
import { aSighting, factsOf, HOUR, NOW_MS } from '../../../support/sighting.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';

const chrome = (version: number, system = 'Windows NT 10.0; Win64; x64') =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;
const agent = (userAgent: string, atMs = NOW_MS - HOUR) =>
  aSighting({ atMs, userAgent, device: deviceOf(userAgent) });
const found = (...sightings: readonly Sighting[]) =>
  foundBy('contradictory-user-agent', factsOf(...sightings));

describe('a user agent that contradicts itself', () => {
  it.each([
    [chrome(150, 'Windows NT 10.0; Android 14'), 'several operating systems: Windows, Android'],
    [chrome(150, 'iPhone; CPU iPhone OS 18_6 like Mac OS X; Windows NT 10.0'), 'Windows, iOS'],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1',
      'Chrome for iOS, which does not exist for Windows',
    ],
  ])('is told: %s', (userAgent, words) => {
    const [finding, ...others] = found(agent(userAgent), agent(userAgent));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'medium' });
    expect(finding?.explanation).toContain(words);
    expect(finding?.explanation).toMatch(readable);
  });

  it.each([
    chrome(157),
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/157.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1; Microsoft; Lumia 950) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/52.0 Mobile Safari/537.36 Edge/15.15063',
  ])('is not %s', (userAgent) => {
    expect(found(agent(userAgent))).toEqual([]);
  });

  it('names a version that was not even in testing at that time', () => {
    // 157 came out on 2026-11-03; test channels had it from August on.
    expect(found(agent(chrome(157), Date.parse('2026-09-10')))).toEqual([]);
    expect(found(agent(chrome(157), Date.parse('2026-08-25')))).toHaveLength(0);
    const early = agent(chrome(156), Date.parse('2026-07-20'));
    expect(
      foundBy('contradictory-user-agent', { ...factsOf(early), nowMs: Date.parse('2026-07-21') }),
    ).toHaveLength(1);
  });

  it('can’t judge without a user agent, and reads only the beginning of an endless one', () => {
    expect(unjudgedBy('contradictory-user-agent', factsOf(aSighting()))).toEqual([
      'The source states no user agent.',
    ]);
    expect(found(agent(`Mozilla/5.0 (Windows NT 10.0) ${'x'.repeat(65_536)} Android`))).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { deviceOf } from '../../../src/engine/enrich/device.ts';
import { SAME_BROWSER, SAME_SYSTEM } from './family-names.ts';

const truthTable = z.object({
  test_cases: z.array(z.object({ user_agent_string: z.coerce.string(), family: z.coerce.string() })),
});

function truth(name: string) {
  const text = readFileSync(`test/fixtures/uap-core/${name}.yaml`, 'utf8');
  return truthTable.parse(parse(text)).test_cases.map(({ user_agent_string: userAgent, family }) => ({
    userAgent,
    family,
    device: deviceOf(userAgent),
  }));
}

/** uap-core calls what it does not know `Other`. */
function isSame(
  family: string,
  ours: string | null,
  equal: Readonly<Record<string, readonly string[]>>,
): boolean {
  const name = (ours ?? 'Other').toLowerCase();
  return [family, ...(equal[family] ?? [])].some((each) => each.toLowerCase() === name);
}

function share<T>(cases: readonly T[], isRight: (each: T) => boolean): number {
  return cases.filter(isRight).length / cases.length;
}

const browsers = truth('test_ua');
const systems = truth('test_os');

/**
 * The tables hold one text for each of about a thousand families, most of them rare apps, feed readers and crawlers of
 * the 2000s: the shares say how much of the zoo is known, not how much of the traffic. The floors keep them
 * from falling unnoticed.
 */
describe('the truth tables of uap-core', () => {
  it('are read whole', () => {
    expect(browsers).toHaveLength(1601);
    expect(systems).toHaveLength(483);
  });

  it('agree on the browser family', () => {
    const right = share(browsers, ({ family, device }) => isSame(family, device.browser, SAME_BROWSER));
    console.log(`browser family: ${(right * 100).toFixed(1)} % of ${browsers.length}`);
    expect(right).toBeGreaterThanOrEqual(FLOOR_BROWSER);
  });

  it('agree on the browser family for the browsers people sign in with', () => {
    const common = browsers.filter(({ family }) => COMMON.has(family));
    const right = share(common, ({ family, device }) => isSame(family, device.browser, SAME_BROWSER));
    console.log(`common browsers: ${(right * 100).toFixed(1)} % of ${common.length}`);
    expect(right).toBeGreaterThanOrEqual(FLOOR_COMMON);
  });

  it('agree on the system family', () => {
    const right = share(systems, ({ family, device }) => isSame(family, device.os, SAME_SYSTEM));
    console.log(`system family: ${(right * 100).toFixed(1)} % of ${systems.length}`);
    expect(right).toBeGreaterThanOrEqual(FLOOR_SYSTEM);
  });

  it('hold bots that are recognised as such, and no browser that is taken for one', () => {
    const bots = browsers.filter(({ family }) => /bot\b|crawler|spider/i.test(family));
    const found = share(bots, ({ device }) => device.kind === 'bot' || device.kind === 'script');
    const people = browsers.filter(({ family }) => COMMON.has(family));
    const mistaken = people.filter(({ device }) => device.kind === 'bot' || device.kind === 'script');
    console.log(
      `bots: ${(found * 100).toFixed(1)} % of ${bots.length}; people taken for one: ${mistaken.length}`,
    );
    expect(found).toBeGreaterThanOrEqual(FLOOR_BOTS);
    expect(mistaken.map(({ userAgent }) => userAgent)).toEqual([]);
  });
});

const FLOOR_BROWSER = 0.58;
const FLOOR_COMMON = 0.88;
const FLOOR_SYSTEM = 0.83;
const FLOOR_BOTS = 0.98;

const COMMON = new Set([
  ...[
    'Chrome',
    'Chrome Mobile',
    'Chrome Mobile iOS',
    'Chrome Mobile WebView',
    'Chromium',
    'Edge',
    'Edge Mobile',
  ],
  ...[
    'Firefox',
    'Firefox Mobile',
    'Firefox iOS',
    'Safari',
    'Mobile Safari',
    'Mobile Safari UI/WKWebView',
    'IE',
  ],
  ...['Opera', 'Opera Mobile', 'Opera Mini', 'Samsung Internet', 'Vivaldi', 'Brave', 'Yandex Browser'],
  ...['UC Browser', 'DuckDuckGo Mobile', 'Amazon Silk', 'Whale', 'MiuiBrowser', 'QQ Browser'],
]);

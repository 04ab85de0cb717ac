import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceKeyOf } from '../../../src/engine/enrich/device-key.ts';
import { deviceOf, MAX_USER_AGENT } from '../../../src/engine/enrich/device.ts';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const CHROME_ON_WINDOWS = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/120.0.0.0 Safari/537.36`;

describe('browsers', () => {
  it.each([
    [CHROME_ON_WINDOWS, 'Chrome', '120', 'Windows', '10+', 'desktop'],
    [`${CHROME_ON_WINDOWS} Edg/120.0.2210.91`, 'Edge', '120', 'Windows', '10+', 'desktop'],
    ['Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko', 'IE', '11', 'Windows', '7', 'desktop'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
      ...['Safari', '17', 'macOS', '10.15+', 'desktop'],
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.11; rv:78.0) Gecko/20100101 Firefox/78.0',
      ...['Firefox', '78', 'macOS', '10.11', 'desktop'],
    ],
    [
      'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0',
      ...['Firefox', '125', 'Ubuntu', null, 'desktop'],
    ],
    [
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/124.0.0.0 Safari/537.36`,
      'Chrome',
      '124',
      'Chrome OS',
      null,
      'desktop',
    ],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/124.0.0.0 Mobile Safari/537.36`,
      'Chrome',
      '124',
      'Android',
      '10+',
      'mobile',
    ],
    [
      `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${WEBKIT} Chrome/124.0.0.0 Mobile Safari/537.36`,
      'Chrome',
      '124',
      'Android',
      '14',
      'mobile',
    ],
    [
      `Mozilla/5.0 (Linux; Android 13; SM-T970) ${WEBKIT} Chrome/124.0.0.0 Safari/537.36`,
      'Chrome',
      '124',
      'Android',
      '13',
      'tablet',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1',
      ...['Mobile Safari', '17', 'iOS', '17', 'mobile'],
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
      ...['Mobile Safari', '26', 'iOS', '18+', 'mobile'],
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/120.0 Mobile/15E148 Safari/604.1',
      ...['Chrome', '120', 'iOS', '16', 'tablet'],
    ],
    [
      `Mozilla/5.0 (Linux; Android 7.0; CUBOT_NOTE_S) ${WEBKIT} Chrome/90.0.0.0 Mobile Safari/537.36`,
      'Chrome',
      '90',
      'Android',
      '7',
      'mobile',
    ],
  ])('%s', (userAgent, browser, browserVersion, os, osVersion, kind) => {
    expect(deviceOf(userAgent)).toEqual({ browser, browserVersion, os, osVersion, kind });
  });
});

it('knows an iPad that asks for the desktop site by its browser', () => {
  const userAgent =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14_6) AppleWebKit/605.1.15 (KHTML, like Gecko) EdgiOS/125 Version/13.0.3 Safari/605.1.15';
  expect(deviceOf(userAgent)).toMatchObject({ browser: 'Edge', os: 'iOS', osVersion: null, kind: 'unknown' });
});

describe('scripts, libraries and bots', () => {
  it.each([
    ['curl/8.5.0', 'curl', 'script'],
    ['Wget/1.21.4', 'Wget', 'script'],
    ['python-requests/2.31.0', 'python-requests', 'script'],
    ['Python/3.12 aiohttp/3.9.1', 'aiohttp', 'script'],
    ['python-httpx/0.27.0', 'python-httpx', 'script'],
    ['Go-http-client/2.0', 'Go-http-client', 'script'],
    ['okhttp/4.12.0', 'okhttp', 'script'],
    ['Java/17.0.6', 'Java', 'script'],
    ['Apache-HttpClient/4.5.14 (Java/17.0.9)', 'Apache-HttpClient', 'script'],
    ['PostmanRuntime/7.36.1', 'Postman', 'script'],
    ['axios/1.6.7', 'axios', 'script'],
    ['node-fetch/1.0 (+https://github.com/bitinn/node-fetch)', 'node-fetch', 'script'],
    ['node', 'Node.js', 'script'],
    ['sqlmap/1.8#stable (https://sqlmap.org)', 'sqlmap', 'script'],
    [CHROME_ON_WINDOWS.replace('Chrome', 'HeadlessChrome'), 'HeadlessChrome', 'script'],
    [`Mozilla/5.0 (Unknown; Linux x86_64) ${WEBKIT} PhantomJS/2.1.1 Safari/538.1`, 'PhantomJS', 'script'],
    ['Mozilla/5.0', null, 'script'],
    ['x', null, 'script'],
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Googlebot', 'bot'],
    ['Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)', 'Bingbot', 'bot'],
    ['Mozilla/5.0 (compatible; Steeler/3.5; http://www.tkl.iis.u-tokyo.ac.jp/~crawler/)', 'Steeler', 'bot'],
    ['Dalvik/2.1.0 (Linux; U; Android 13; SM-G991B Build/TP1A)', 'Android app', 'app'],
    ['Luminary/70 CFNetwork/978.0.7 Darwin/18.5.0', 'Luminary', 'app'],
    ['Luminary/1.0.3 build 71/iOS 12.2', 'Luminary', 'app'],
    ['Acme/3.1 (Android 14) okhttp/4.12.0', 'Acme', 'app'],
    ['RC Mobile; ios 17.1; v4.48.0 (12345)', 'Rocket.Chat', 'app'],
  ])('%s', (userAgent, browser, kind) => {
    const device = deviceOf(userAgent);
    expect(device.kind).toBe(kind);
    if (browser !== null) expect(device.browser).toBe(browser);
  });

  it('trap 17: knows the requests of Sessionscope itself', () => {
    expect(deviceOf('Sessionscope/1')).toMatchObject({
      browser: 'Sessionscope',
      browserVersion: '1',
      kind: 'app',
    });
    expect(deviceOf('NotSessionscope/1 (a browser)').browser).not.toBe('Sessionscope');
  });

  it.each(['', '  ', 'Unknown', '-', 'null'])('knows nothing of %j', (userAgent) => {
    expect(deviceOf(userAgent)).toEqual({
      browser: null,
      browserVersion: null,
      os: null,
      osVersion: null,
      kind: 'unknown',
    });
  });
});

describe('deviceKeyOf', () => {
  it('stays the same through a browser update and differs for another browser', () => {
    const key = (userAgent: string) => deviceKeyOf(deviceOf(userAgent));
    expect(key(CHROME_ON_WINDOWS)).toBe('Windows|desktop|Chrome');
    expect(key(CHROME_ON_WINDOWS.replace('120', '131'))).toBe(key(CHROME_ON_WINDOWS));
    expect(key(`${CHROME_ON_WINDOWS} Edg/120.0`)).not.toBe(key(CHROME_ON_WINDOWS));
    expect(key('')).toBe('?|unknown|?');
  });
});

describe('hostile headers', () => {
  it('are read up to a limit and no further', () => {
    const long = CHROME_ON_WINDOWS + ' '.repeat(MAX_USER_AGENT) + 'HeadlessChrome';
    expect(deviceOf(long)).toEqual(deviceOf(CHROME_ON_WINDOWS));
  });

  const patterns = [
    'a',
    '(',
    ' ',
    'Mozilla/5.0 (',
    '; ',
    'Chrome/',
    '/1.',
    'bot ',
    'x'.repeat(40) + '/',
    'Android ',
    '\u202e\0',
  ];

  it('of 64 KB take no longer than ones of 8 KB', () => {
    for (const pattern of patterns) {
      const short = fastest(() => deviceOf(pattern.repeat(8_192 / pattern.length)));
      const long = fastest(() => deviceOf(pattern.repeat(65_536 / pattern.length)));
      // Eight times the text at no more than a few times the time, with 2 ms for a busy machine.
      expect(long, JSON.stringify(pattern)).toBeLessThan(short * 4 + 2);
    }
  });

  it('cost no more than in proportion below the limit', () => {
    for (const pattern of patterns) {
      const short = fastest(() => deviceOf(pattern.repeat(Math.ceil(128 / pattern.length))));
      const long = fastest(() => deviceOf(pattern.repeat(Math.ceil(1_024 / pattern.length))));
      expect(long, JSON.stringify(pattern)).toBeLessThan(short * 8 * 3 + 2);
    }
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        expect(typeof deviceOf(text).kind).toBe('string');
      }),
    );
  });
});

function fastest(run: () => unknown): number {
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

it('uses the ua-parser-js whose licence is MIT', () => {
  const manifest: unknown = JSON.parse(readFileSync('node_modules/ua-parser-js/package.json', 'utf8'));
  expect(manifest).toMatchObject({ version: '1.0.41', license: 'MIT' });
  expect(readFileSync('node_modules/ua-parser-js/license.md', 'utf8')).toMatch(/^MIT License/);
});

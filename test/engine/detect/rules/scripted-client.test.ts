import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { deviceOf } from '../../../../src/engine/enrich/device.ts';
import { tagged } from '../../../support/live-session.ts';
import { aSighting, factsOf, HOUR, lifeAtHome, NOW_MS } from '../../../support/sighting.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';

const at = NOW_MS - HOUR;
const agent = (userAgent: string, over: Parameters<typeof aSighting>[0] = {}) =>
  aSighting({ atMs: at, userAgent, device: deviceOf(userAgent), ...over });
const found = (...sightings: readonly Sighting[]) => foundBy('scripted-client', factsOf(...sightings));

describe('a scripted client', () => {
  it.each([
    'curl/8.5.0',
    'python-requests/2.32.0',
    'Go-http-client/1.1',
    'okhttp/4.12.0',
    'Java/21.0.1',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36',
    'Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1',
    '',
    'hello',
  ])('is %j on a person’s account, at once and without history', (userAgent) => {
    const [finding, ...others] = found(agent(userAgent));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'high', state: 'open' });
    expect(finding?.explanation).toMatch(readable);
  });

  it.each([
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/157.0.0.0 Safari/537.36',
    'MyApp/1.0 (Android 14) okhttp/4.12.0',
    'Slack/4.0',
    'unknown',
  ])('is not %j', (userAgent) => {
    expect(found(agent(userAgent))).toEqual([]);
  });

  it('is told once for a program, whatever its version, and not of failed logins', () => {
    expect(found(agent('curl/8.5.0'), agent('curl/8.6.0'), agent('Wget/1.21'))).toHaveLength(2);
    expect(found(agent('curl/8.5.0', { outcome: 'failure' }))).toEqual([]);
  });

  it('is suppressed, visibly, for a service account', () => {
    const service = tagged(factsOf(...lifeAtHome(), agent('curl/8.5.0')), 'service');
    expect(foundBy('scripted-client', service)).toMatchObject([
      { state: 'suppressed', suppressedBy: 'The user is tagged as a service account.' },
    ]);
  });

  it('says what it can’t judge', () => {
    expect(unjudgedBy('scripted-client', factsOf(aSighting({ device: null })))).toEqual([
      'The source states neither a user agent nor a device.',
    ]);
  });
});

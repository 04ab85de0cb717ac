import { expect, it } from 'vitest';
import { detect } from '../../../src/engine/detect/detect.ts';
import { deviceOf } from '../../../src/engine/enrich/device.ts';
import {
  aSighting,
  factsOf,
  HOUR,
  lifeAtHome,
  MINUTE,
  network,
  NOW_MS,
  paris,
} from '../../support/sighting.ts';

const windows = 'Windows NT 10.0; Win64; x64';
const mac = 'Macintosh; Intel Mac OS X 10_15_7';
const chrome = (major: number, system: string, more = '') =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36${more}`;
const firefox = (major: number, system: string) =>
  `Mozilla/5.0 (${system}; rv:${major}.0) Gecko/20100101 Firefox/${major}.0`;

/** What people and thieves browse with: common browsers on common systems, in the versions of half a year. */
const agents = [151, 153, 155, 156, 157].flatMap((major) => [
  chrome(major, windows),
  chrome(major, mac),
  chrome(major, 'X11; Linux x86_64'),
  chrome(major, windows, ` Edg/${major}.0.0.0`),
  chrome(major, 'Linux; Android 10; K').replace('Safari', 'Mobile Safari'),
  firefox(major, windows),
  firefox(major, 'X11; Linux x86_64'),
]);

/** A cookie that was copied: the same session goes on with another user agent at another network (detections 7.5). */
function isFound(victim: string, thief: string): boolean {
  const at = NOW_MS - 5 * HOUR;
  const session = { kind: 'activity', sessionKey: 'k' } as const;
  const { findings } = detect(
    factsOf(
      ...lifeAtHome(),
      aSighting({ ...session, kind: 'start', atMs: at, userAgent: victim, device: deviceOf(victim) }),
      aSighting({
        ...session,
        atMs: at + HOUR,
        fromMs: at + HOUR - MINUTE,
        ip: '203.0.114.9',
        network: network(7),
        place: paris,
        userAgent: thief,
        device: deviceOf(thief),
      }),
    ),
  );
  return findings.some(({ rule, state }) => rule.startsWith('session-device-change') && state === 'open');
}

it('finds every copied cookie whose thief uses another user agent, be it only another version', () => {
  const pairs = agents.flatMap((victim) =>
    agents.filter((thief) => thief !== victim).map((thief) => [victim, thief] as const),
  );
  expect(pairs.filter(([victim, thief]) => !isFound(victim, thief))).toEqual([]);
});

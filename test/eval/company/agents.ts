import type { Device } from '../../../src/engine/whereabouts.ts';
import { deviceOf } from '../../../src/engine/enrich/device.ts';
import type { Chance } from './chance.ts';

const DAY_MS = 86_400_000;
/** When the versions below were current. */
const EPOCH_MS = Date.parse('2026-01-01T00:00:00Z');

export type Hardware = 'desktop' | 'mobile' | 'tablet';

/** A machine with one browser; what it calls itself changes with its updates. */
export type Machine = {
  readonly hardware: Hardware;
  /** Whether its maker routes browsing through a relay for who wants it. */
  readonly isApple: boolean;
  userAgentAt(ms: number): string;
};

type Family = { readonly isApple: boolean; readonly text: (browser: number, system: number) => string };

const windows = 'Windows NT 10.0; Win64; x64';
const mac = 'Macintosh; Intel Mac OS X 10_15_7';
const linux = 'X11; Linux x86_64';
const chromium = (system: string, version: number, tail = 'Safari/537.36') =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 ${tail}`;
const gecko = (system: string, version: number) =>
  `Mozilla/5.0 (${system}; rv:${version}.0) Gecko/${system.includes('Android') ? `${version}.0` : '20100101'} Firefox/${version}.0`;
const webkit = (system: string, version: number, tail: string) =>
  `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version}.${tail}`;
const family = (text: Family['text'], isApple = false): Family => ({ isApple, text });

/** Market shares, roughly. */
const families: Readonly<Record<Hardware, readonly (readonly [Family, number])[]>> = {
  desktop: [
    [family((browser) => chromium(windows, browser)), 42],
    [family((browser) => chromium(windows, browser, `Safari/537.36 Edg/${browser}.0.0.0`)), 17],
    [family((browser) => chromium(mac, browser), true), 13],
    [family((_, system) => webkit(mac, system, '2 Safari/605.1.15'), true), 10],
    [family((browser) => gecko(windows, browser)), 8],
    [family((browser) => chromium(linux, browser)), 6],
    [family((browser) => gecko(linux, browser)), 4],
  ],
  mobile: [
    [family((browser) => chromium('Linux; Android 10; K', browser, 'Mobile Safari/537.36')), 50],
    [
      family(
        (_, system) =>
          webkit(`iPhone; CPU iPhone OS ${system}_2 like Mac OS X`, system, '2 Mobile/15E148 Safari/604.1'),
        true,
      ),
      42,
    ],
    [family((browser, system) => gecko(`Android ${system - 10}; Mobile`, browser)), 8],
  ],
  tablet: [
    [
      family(
        (_, system) =>
          webkit(`iPad; CPU OS ${system}_2 like Mac OS X`, system, '2 Mobile/15E148 Safari/604.1'),
        true,
      ),
      65,
    ],
    [family((browser) => chromium('Linux; Android 10; K', browser)), 35],
  ],
};

/** A machine out of the shop that everybody buys at: attackers too. */
export function machineOf(hardware: Hardware, chance: Chance): Machine {
  const { isApple, text } = chance.weighted(families[hardware]);
  const lagMs = chance.between(0, 14) * DAY_MS;
  const systemLagMs = chance.between(0, 300) * DAY_MS;
  return {
    hardware,
    isApple,
    userAgentAt(ms) {
      const browser = 143 + Math.floor((ms - lagMs - EPOCH_MS) / (28 * DAY_MS));
      const system = 26 + Math.floor((ms - systemLagMs - EPOCH_MS) / (365 * DAY_MS));
      return text(browser, system);
    },
  };
}

/** Texts that robots send. */
export const robotAgents: readonly string[] = [
  'python-requests/2.32.3',
  'curl/8.9.1',
  'Go-http-client/2.0',
  'okhttp/4.12.0',
];

const devices = new Map<string, Device>();

/** What the product makes of a text; one object a text, as its dictionaries have it. */
export function deviceSaying(userAgent: string): Device {
  const known = devices.get(userAgent) ?? deviceOf(userAgent);
  devices.set(userAgent, known);
  return known;
}

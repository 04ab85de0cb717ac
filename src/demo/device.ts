import type { RocketchatDevice } from './api/rocketchat-model.ts';
import { DAY_MS } from './clock.ts';

/** The devices of the company: a system with a browser. Versions follow from the date, so that browsers update. */
export type DeviceModel = keyof typeof models;

type Model = {
  readonly browser: 'Chrome' | 'Firefox' | 'Safari' | 'Edge';
  readonly os: string;
  readonly osVersion: string;
  readonly type: 'browser' | 'mobile' | 'tablet';
  readonly userAgent: (version: number) => string;
};

const WINDOWS = 'Windows NT 10.0; Win64; x64';
const MAC = 'Macintosh; Intel Mac OS X 10_15_7';
const chromium = (system: string, version: number, more = '') =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 ${more}Safari/537.36`;
const gecko = (system: string, version: number) =>
  `Mozilla/5.0 (${system}; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`;
const iphone = 'iPhone; CPU iPhone OS 18_6 like Mac OS X';

const models = {
  'chrome-windows': model('Chrome', 'Windows', '10', 'browser', (version) => chromium(WINDOWS, version)),
  'edge-windows': model(
    'Edge',
    'Windows',
    '10',
    'browser',
    (version) => `${chromium(WINDOWS, version)} Edg/${version}.0.0.0`,
  ),
  'firefox-windows': model('Firefox', 'Windows', '10', 'browser', (version) => gecko(WINDOWS, version)),
  'chrome-mac': model('Chrome', 'Mac OS', '10.15.7', 'browser', (version) => chromium(MAC, version)),
  'safari-mac': model(
    'Safari',
    'Mac OS',
    '10.15.7',
    'browser',
    () => `Mozilla/5.0 (${MAC}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15`,
  ),
  'firefox-linux': model('Firefox', 'Linux', '', 'browser', (version) => gecko('X11; Linux x86_64', version)),
  'safari-iphone': model(
    'Safari',
    'iOS',
    '18.6',
    'mobile',
    () =>
      `Mozilla/5.0 (${iphone}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1`,
  ),
  'chrome-android': model('Chrome', 'Android', '15', 'mobile', (version) =>
    chromium('Linux; Android 15; Pixel 9', version, 'Mobile '),
  ),
} satisfies Record<string, Model>;

function model(
  browser: Model['browser'],
  os: string,
  osVersion: string,
  type: Model['type'],
  userAgent: Model['userAgent'],
): Model {
  return { browser, os, osVersion, type, userAgent };
}

/** The header this device sends at a moment. */
export function userAgentAt(device: DeviceModel, atMs: number): string {
  return models[device].userAgent(versionAt(atMs));
}

/** A computer of another system than the given one: what an attacker comes with. */
export function strangeDevice(known: DeviceModel): DeviceModel {
  return models[known].os === 'Linux' ? 'chrome-windows' : 'firefox-linux';
}

/** A phone of the other system. */
export function otherPhone(known: DeviceModel): DeviceModel {
  return known === 'safari-iphone' ? 'chrome-android' : 'safari-iphone';
}

/** What Rocket.Chat makes of it. */
export function rocketchatDeviceAt(device: DeviceModel, atMs: number): RocketchatDevice {
  const { browser, os, osVersion, type } = models[device];
  const version = browser === 'Safari' ? '18.6' : `${versionAt(atMs)}.0.0`;
  const name = type === 'mobile' && browser === 'Safari' ? 'Mobile Safari' : browser;
  return { type, name, longVersion: `${version}.0`, version, os: { name: os, version: osVersion } };
}

/** What Zipline makes of it. */
export function ziplineDeviceOf(device: DeviceModel): { client: string; device: string } {
  const { browser, type } = models[device];
  const isPhone = type === 'mobile';
  return { client: isPhone ? `Mobile ${browser}` : browser, device: isPhone ? 'Mobile' : 'Desktop' };
}

/** Chrome 120 came in December 2023, and a major version about every month since; Firefox goes along. */
function versionAt(atMs: number): number {
  return 120 + Math.max(0, Math.floor((atMs - Date.parse('2023-12-05T00:00:00Z')) / (31.5 * DAY_MS)));
}

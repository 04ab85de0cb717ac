import type { Device } from '../whereabouts.ts';
import { remembered } from './remembered.ts';

/** When this table was last held against its sources. What came out later is unknown, which is neither old nor forged. */
export const RELEASES_REVIEWED = '2026-11-21';

/**
 * Until when a client was up to date, as far as the table knows: the release of its browser's major (of the last update to it,
 * where majors get some) and the day the system's support ended. Null where the table does not know.
 */
export type ClientDates = {
  /** Browser and system with their versions, as one word. */
  readonly name: string;
  /** When the browser's major first came out, in milliseconds. */
  readonly releasedMs: number | null;
  /** When the last update to that major came out. */
  readonly lastUpdateMs: number | null;
  /** End of the security support of the operating system. */
  readonly supportEndMs: number | null;
};

/** What the table says of a device; each device is looked up once. */
export const clientDatesOf = remembered((device: Device): ClientDates => {
  const released = releaseOf(device);
  return {
    name: `${device.browser} ${device.browserVersion} ${device.os} ${device.osVersion}`,
    releasedMs: released?.firstMs ?? null,
    lastUpdateMs: released?.lastMs ?? null,
    supportEndMs: supportEndOf(device),
  };
});

type Release = { readonly firstMs: number; readonly lastMs: number };

/** A major before the table's first is older than that one: it is told with that one's dates, which doubts for the user. */
function releaseOf({ browser, browserVersion }: Device): Release | null {
  // Phones get the same majors on the same days, give or take a week.
  const known = releases.get((browser ?? '').replace(/^Mobile /, ''));
  if (known === undefined || browserVersion === null || !/^\d{1,4}$/.test(browserVersion)) return null;
  return known.majors[Math.max(0, Number(browserVersion) - known.firstMajor)] ?? null;
}

function supportEndOf({ os, osVersion }: Device): number | null {
  const end = supportEnds.get(`${os} ${osVersion}`);
  return end === undefined ? null : Date.parse(end);
}

/**
 * Days on which the majors of a browser came out, from `firstMajor` on; `-` for one that never did, `first/last` where a
 * major got updates with new features. From MDN's browser-compat-data 8.1.9 of 2026-11-12 (CC0-1.0), which takes them from the
 * vendors' release notes. Opera and others count differently everywhere and are left out.
 */
const released: Readonly<Record<string, { readonly firstMajor: number; readonly dates: string }>> = {
  Chrome: {
    firstMajor: 80,
    dates: `
      2020-02-04 2020-04-07 - 2020-05-19 2020-07-27 2020-08-25 2020-10-20 2020-11-17 2021-01-19
      2021-03-02 2021-04-13 2021-05-25 2021-07-20 2021-08-31 2021-09-21 2021-10-19 2021-11-15 2022-01-04
      2022-02-01 2022-03-01 2022-03-29 2022-04-26 2022-05-24 2022-06-21 2022-08-02 2022-09-02 2022-09-27
      2022-10-25 2022-11-29 2023-01-10 2023-02-07 2023-03-07 2023-04-04 2023-05-02 2023-05-30 2023-07-18
      2023-08-15 2023-09-12 2023-10-10 2023-10-31 2023-12-05 2024-01-23 2024-02-20 2024-03-19 2024-04-16
      2024-05-14 2024-06-11 2024-07-23 2024-08-20 2024-09-17 2024-10-15 2024-11-12 2025-01-14 2025-02-04
      2025-03-04 2025-04-01 2025-04-29 2025-05-27 2025-06-24 2025-08-05 2025-09-02 2025-09-30 2025-10-28
      2025-12-02 2026-01-13 2026-02-10 2026-03-10 2026-04-07 2026-05-05 2026-06-02 2026-06-30 2026-07-28
      2026-08-25 2026-09-08 2026-09-22 2026-10-06 2026-10-20 2026-11-03`,
  },
  Edge: {
    firstMajor: 80,
    dates: `
      2020-02-07 2020-04-13 - 2020-05-21 2020-07-16 2020-08-27 2020-10-09 2020-11-19 2021-01-21
      2021-03-04 2021-04-15 2021-05-27 2021-07-22 2021-09-02 2021-09-24 2021-10-21 2021-11-19 2022-01-06
      2022-02-03 2022-03-03 2022-04-01 2022-04-28 2022-05-31 2022-06-23 2022-08-05 2022-09-01 2022-10-03
      2022-10-27 2022-12-05 2023-01-12 2023-02-09 2023-03-13 2023-04-06 2023-05-05 2023-06-02 2023-07-21
      2023-08-21 2023-09-15 2023-10-13 2023-11-02 2023-12-07 2024-01-25 2024-02-23 2024-03-22 2024-04-18
      2024-05-17 2024-06-13 2024-07-25 2024-08-22 2024-09-19 2024-10-17 2024-11-14 2025-01-17 2025-02-06
      2025-03-06 2025-04-04 2025-05-01 2025-05-29 2025-06-26 2025-08-07 2025-09-05 2025-10-03 2025-10-31
      2025-12-05 2026-01-21 2026-02-14 2026-03-13 2026-04-10 2026-05-07 2026-06-04 2026-07-02 2026-07-31
      2026-08-28 2026-09-11 2026-09-24 2026-10-08 2026-10-22 2026-11-05`,
  },
  Firefox: {
    firstMajor: 72,
    dates: `
      2020-01-07 2020-02-11 2020-03-10 2020-04-07 2020-05-05 2020-06-02 2020-06-30 2020-07-28 2020-08-25
      2020-09-22 2020-10-20 2020-11-17 2020-12-15 2021-01-26 2021-02-23 2021-03-23 2021-04-19 2021-06-01
      2021-07-13 2021-08-10 2021-09-07 2021-10-05 2021-11-02 2021-12-07 2022-01-11 2022-02-08 2022-03-08
      2022-04-05 2022-05-03 2022-05-31 2022-06-28 2022-07-26 2022-08-23 2022-09-20 2022-10-18 2022-11-15
      2022-12-13 2023-01-17 2023-02-14 2023-03-14 2023-04-11 2023-05-09 2023-06-06 2023-07-04 2023-08-01
      2023-08-29 2023-09-26 2023-10-24 2023-11-21 2023-12-19 2024-01-23 2024-02-20 2024-03-19 2024-04-16
      2024-05-14 2024-06-11 2024-07-09 2024-08-06 2024-09-03 2024-10-01 2024-10-29 2024-11-26 2025-01-07
      2025-02-04 2025-03-04 2025-04-01 2025-04-29 2025-05-27 2025-06-24 2025-07-22 2025-08-19 2025-09-16
      2025-10-14 2025-11-11 2025-12-09 2026-01-13 2026-02-24 2026-03-24 2026-04-21 2026-05-19 2026-06-16
      2026-07-21 2026-08-18 2026-09-01 2026-09-15 2026-09-29 2026-10-13 2026-10-27 2026-11-10`,
  },
  Safari: {
    firstMajor: 13,
    dates: `
      2019-09-19/2020-03-24 2020-09-16/2021-04-26 2021-09-20/2022-07-20 2022-09-12/2023-07-24 2023-09-18/2024-07-29
      2024-09-16/2025-07-29 - - - -
      - - - 2025-09-15/2026-07-27 2026-09-14/2026-10-26`,
  },
  'Samsung Internet': {
    firstMajor: 11,
    dates: `
      2019-12-05/2020-03-22 2020-06-19/2020-07-07 2020-12-02/2021-01-20 2021-04-17/2021-06-25 2021-08-13
      2021-11-25/2022-03-06 2022-05-04 2022-08-08/2022-09-09 2022-11-01/2022-11-08 2023-02-10
      2023-05-19 2023-07-14 2023-10-18 2024-01-25 2024-04-24
      2024-06-07 2024-11-06 2025-04-02 2025-10-25 2026-05-11`,
  },
};

/**
 * When the last security update of a system came out, under the versions that `enrich/operating-system.ts` tells. Windows: Microsoft's
 * lifecycle pages, without paid extensions. Android: the last security bulletin that names the version, as collected by
 * endoflife.date (MIT). Versions that browsers froze (Windows 10+, macOS 10.15+, iOS 18+, Android 10+) can't be told; Apple
 * publishes no dates at all.
 */
const supportEnds: ReadonlyMap<string, string> = new Map([
  ['Windows XP', '2014-04-08'],
  ['Windows Vista', '2017-04-11'],
  ['Windows 7', '2020-01-14'],
  ['Windows 8', '2016-01-12'],
  ['Windows 8.1', '2023-01-10'],
  ['Android 4', '2017-10-01'],
  ['Android 5', '2018-03-01'],
  ['Android 6', '2018-08-01'],
  ['Android 7', '2019-10-01'],
  ['Android 8', '2021-01-10'],
  ['Android 9', '2022-01-01'],
  ['Android 10', '2023-03-06'],
  ['Android 11', '2024-02-05'],
  ['Android 12', '2025-03-03'],
  ['Android 13', '2026-03-02'],
]);

const releases = new Map(
  Object.entries(released).map(([browser, { firstMajor, dates }]) => [
    browser,
    { firstMajor, majors: dates.trim().split(/\s+/).map(readRelease) },
  ]),
);

function readRelease(text: string): Release | null {
  if (text === '-') return null;
  const [first = '', last = first] = text.split('/');
  return { firstMs: Date.parse(first), lastMs: Date.parse(last) };
}

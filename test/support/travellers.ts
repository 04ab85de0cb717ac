import { ipFacts, NOON_MS, sessionRecord, sydney } from './records.ts';

const MINUTE_MS = 60_000;

/** Sessions of so many users, each in Berlin and a minute later in Sydney. */
export function travellers(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const user = { id: `u-${index}`, name: null, email: null };
    const away = { startedAtMs: NOON_MS - 59 * MINUTE_MS, ip: ipFacts('203.0.113.9', sydney) };
    return [
      sessionRecord({ key: `home-${index}`, user }),
      sessionRecord({ key: `away-${index}`, user, ...away }),
    ];
  }).flat();
}

import type { Event } from '../../../src/contract/event.ts';
import type { Finding } from '../../../src/contract/finding.ts';
import type { Session } from '../../../src/contract/session.ts';
import { seeded } from './seeded.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Spot = Pick<Session, 'country' | 'region' | 'city' | 'lat' | 'lon' | 'accuracyKm' | 'asn' | 'org'>;
const spot = (
  country: string,
  region: string,
  city: string,
  lat: number,
  lon: number,
  asn: number,
  org: string,
): Spot => ({ country, region, city, lat, lon, accuracyKm: 20, asn, org });

const spots: readonly Spot[] = [
  spot('DE', 'Berlin', 'Berlin', 52.52, 13.405, 3320, 'Deutsche Telekom AG'),
  spot('DE', 'Bavaria', 'Munich', 48.137, 11.575, 31334, 'Vodafone GmbH'),
  spot('DE', 'Hamburg', 'Hamburg', 53.55, 9.993, 3209, 'Vodafone GmbH'),
  spot('FR', 'Île-de-France', 'Paris', 48.857, 2.352, 3215, 'Orange S.A.'),
  spot('NL', 'North Holland', 'Amsterdam', 52.37, 4.895, 1136, 'KPN B.V.'),
  spot('GB', 'England', 'London', 51.507, -0.128, 2856, 'British Telecommunications PLC'),
  spot('PL', 'Mazovia', 'Warsaw', 52.23, 21.012, 5617, 'Orange Polska S.A.'),
  spot('US', 'California', 'San Francisco', 37.775, -122.419, 7922, 'Comcast Cable Communications, LLC'),
  spot('US', 'New York', 'New York', 40.713, -74.006, 701, 'Verizon Business'),
  spot('BR', 'São Paulo', 'São Paulo', -23.55, -46.633, 27699, 'TELEFÔNICA BRASIL S.A'),
  spot('IN', 'Karnataka', 'Bengaluru', 12.972, 77.594, 24560, 'Bharti Airtel Ltd.'),
  spot('JP', 'Tokyo', 'Tokyo', 35.69, 139.692, 4713, 'NTT Communications Corporation'),
  spot('SG', 'Singapore', 'Singapore', 1.29, 103.85, 9009, 'M247 Europe SRL'),
];
const away = spots.slice(6);

const devices = [
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0',
    'Firefox',
    '143.0',
    'Windows',
    '10',
    'desktop',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15',
    'Safari',
    '18.1',
    'macOS',
    '10.15.7',
    'desktop',
  ],
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36',
    'Chrome',
    '141.0.0.0',
    'Linux',
    null,
    'desktop',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148',
    'Mobile Safari',
    '18.1',
    'iOS',
    '18.1',
    'mobile',
  ],
  ['python-requests/2.32.3', 'python-requests', '2.32.3', null, null, 'script'],
] as const;

const people =
  'ana.souza bruno.keller chen.wei dana.novak emil.hansen fatima.haddad georg.maier hana.sato ivan.petrov julia.weber kofi.mensah lena.fischer marco.rossi nadia.rahman omar.farouk priya.nair quentin.leroy rosa.garcia sven.lindqvist tom.oconnor'.split(
    ' ',
  );
const sources = ['chat', 'files', 'panel', 'old', 'portal', 'app'] as const;

export type Company = { sessions: Session[]; events: Event[]; findings: Finding[] };

/** A made-up company of 20 people with `count` sessions around `nowMs`; the same for the same arguments. */
export function company(nowMs: number, count = 1200): Company {
  const random = seeded(7);
  const sessions = Array.from({ length: count }, (_, index) => session(index, nowMs, random));
  plantHostileText(sessions);
  const findings = [...travelFindings(sessions, nowMs), ...otherFindings(sessions, nowMs)];
  for (const finding of findings) {
    if (finding.state !== 'open' && finding.state !== 'learning') continue;
    for (const found of sessions) if (finding.sessions.includes(found.key)) found.findings.push(finding.rule);
  }
  return { sessions, events: sessions.flatMap((one, index) => eventsOf(one, index)), findings };
}

function session(index: number, nowMs: number, random: () => number): Session {
  const pick = <T>(list: readonly T[]): T => at(list, Math.floor(random() * list.length));
  const person = pick(people);
  const isAway = random() < 0.06;
  const home = at(spots, people.indexOf(person) % 6);
  const where = isAway ? pick(away) : home;
  const [userAgent, browser, browserVersion, os, osVersion, deviceKind] = at(
    devices,
    random() < 0.03 ? 4 : (people.indexOf(person) + Math.floor(random() * 2)) % 4,
  );
  const startedMs = nowMs - Math.floor(random() ** 2 * 60 * DAY);
  const roll = random();
  const state =
    roll < 0.55
      ? 'active'
      : roll < 0.7
        ? 'expired'
        : roll < 0.93
          ? 'ended'
          : roll < 0.98
            ? 'revoked'
            : 'unknown';
  const lastSeenMs = Math.min(
    nowMs - Math.floor(random() * 6 * HOUR),
    startedMs + Math.floor(random() * 9 * DAY),
  );
  const source = pick(sources);
  const isPrivate = random() < 0.04;
  const iso = (ms: number) => new Date(ms).toISOString();
  const nowhere = {
    country: null,
    region: null,
    city: null,
    lat: null,
    lon: null,
    accuracyKm: null,
    asn: null,
    org: null,
  };
  return {
    key: `k${String(index).padStart(4, '0')}abcdefghijklmnopqrstu`,
    source,
    account: 'security-bot',
    userId: `u-${people.indexOf(person) + 100}`,
    userName: person,
    personId: null,
    state,
    current: source === 'panel' ? null : index === 11,
    startedAt: source === 'portal' ? null : iso(startedMs),
    startedAtQuality:
      source === 'portal'
        ? 'missing'
        : source === 'panel'
          ? 'untrusted'
          : source === 'chat'
            ? 'derived'
            : 'reported',
    lastSeenAt: source === 'old' ? null : iso(Math.max(startedMs, lastSeenMs)),
    expiresAt: source === 'files' ? null : iso(startedMs + 30 * DAY),
    firstObservedAt: iso(startedMs + 5 * 60_000),
    lastObservedAt: iso(nowMs - 60_000),
    endedAt:
      state === 'ended' || state === 'revoked' ? iso(Math.max(startedMs, lastSeenMs) + 20 * 60_000) : null,
    ip: isPrivate ? '10.20.4.17' : `203.0.${people.indexOf(person)}.${1 + (index % 250)}`,
    ipClass: isPrivate ? 'private' : 'public',
    ...(isPrivate ? nowhere : where),
    placeFrom: isPrivate ? null : 'database',
    networkKinds:
      where.asn === 9009 ? ['vpn', 'hosting'] : deviceKind === 'mobile' && random() < 0.3 ? ['cellular'] : [],
    userAgent,
    browser,
    browserVersion,
    os,
    osVersion,
    deviceKind,
    impersonatedBy: null,
    hint: `a${String(index).padStart(3, '0').slice(-3)}`,
    revocable: source !== 'portal',
    findings: [],
  };
}

/** What attackers put into names, agents and cities. */
function plantHostileText(sessions: Session[]): void {
  const [first, second, third] = [sessions[3], sessions[8], sessions[14]];
  if (first) first.userName = 'admin\u202Egnp.exe';
  if (second) second.userAgent = `${'<img src=x onerror=alert(1)>'.repeat(40)}\u0007\u200B`;
  if (third) third.city = 'Berlin\n\u001b[31mroot';
}

function travelFindings(sessions: Session[], nowMs: number): Finding[] {
  const of = (name: string) =>
    sessions.filter(
      (one) =>
        one.userName === name &&
        one.lat !== null &&
        one.startedAtQuality === 'reported' &&
        one.source === 'app',
    );
  return ['ana.souza', 'emil.hansen', 'priya.nair'].flatMap((name, index): Finding[] => {
    const [a, b] = of(name);
    if (!a || !b) return [];
    const there = at(spots, [9, 11, 7][index] ?? 9);
    const here = at(spots, index);
    const atMs = nowMs - (index + 1) * 7 * HOUR;
    Object.assign(a, here, { startedAt: new Date(atMs - 78 * 60_000).toISOString(), state: 'active' });
    Object.assign(b, there, {
      startedAt: new Date(atMs).toISOString(),
      state: 'active',
      browser: 'Chrome',
      os: 'Linux',
    });
    const isSuppressed = index === 2;
    const distanceKm = [10_236, 9_100, 9_460][index] ?? 10_000;
    const end = (one: Session, at: number) => ({
      sighting: one.key,
      kind: 'start',
      source: one.source,
      session: one.key,
      notBefore: new Date(at).toISOString(),
      at: new Date(at).toISOString(),
      ip: one.ip,
      country: one.country,
      region: one.region,
      city: one.city,
      asn: one.asn,
      org: one.org,
      networkKinds: [],
      browser: one.browser,
      os: one.os,
      deviceKind: one.deviceKind,
      userAgent: one.userAgent,
      lat: one.lat,
      lon: one.lon,
      level: 'city',
      radiusKm: 20,
      sigmaKm: 13.43,
      radiusFrom: 'record',
      line: 'unknown',
    });
    return [
      {
        id: `f-travel-${index}`,
        rule: 'impossible-travel',
        severity: index === 0 ? 'critical' : 'high',
        score: 90,
        userId: b.userId,
        userName: b.userName,
        source: b.source,
        sessions: [a.key, b.key],
        at: new Date(atMs).toISOString(),
        title: `Impossible travel: “${here.city ?? ''}” to “${there.city ?? ''}”, ${distanceKm.toLocaleString('en')} km in 78 minutes`,
        explanation: `“${name}” was seen near “${here.city ?? ''}” (within 20 km, as the database says), and 78 minutes later near “${there.city ?? ''}”. By the fastest honest trip a person gets 1,400 km far in that time; this one takes 10.1 hours. What would make it wrong: a VPN, proxy or company gateway that is not known as one, or two people who share the account.`,
        evidence: {
          from: end(a, atMs - 78 * 60_000),
          to: end(b, atMs),
          distanceKm,
          gapHours: 1.3,
          sigmaKm: 18.99,
          reachKm: 1400,
          probability: 0.9604,
          probabilityBeforeCap: 1,
          cap: 0.9604,
          fastestTripHours: (distanceKm - 100) / 1000,
          newDevice: index === 0,
          suppression: null,
        },
        state: isSuppressed ? 'suppressed' : 'open',
        verdict: null,
        suppressedBy: isSuppressed
          ? 'Same device and same network: the operator lets traffic out in several places.'
          : null,
        incident: null,
        verdictReason: null,
        verdictBy: null,
        verdictAt: null,
        duplicateOf: null,
        prefix: '203.0.113.0/24',
        asn: 64_500,
        client: 'Firefox on Linux',
        suppression: null,
      },
    ];
  });
}

function otherFindings(sessions: Session[], nowMs: number): Finding[] {
  const rules = [
    ['session-device-change', 'critical', 'Session went from “Firefox” on “Windows” to “python-requests”'],
    ['session-network-change', 'high', 'Session moved from AS3320 to AS9009 “M247 Europe SRL”'],
    ['new-country', 'medium', 'First login from Singapore'],
  ] as const;
  return sessions
    .filter((one, index) => index % 53 === 5 && one.state === 'active')
    .map((one, index): Finding => {
      const [rule, severity, title] = at(rules, index % 3);
      return {
        id: `f-${index}`,
        rule,
        severity,
        score: 50,
        userId: one.userId,
        userName: one.userName,
        source: one.source,
        sessions: [one.key],
        at: new Date(nowMs - index * 5 * HOUR).toISOString(),
        title,
        explanation: `“${one.userName ?? ''}” at “${one.source}”: ${title.toLowerCase()}. The session kept its id, so nobody signed in anew. What would make it wrong: a device that changed its user agent by an update, or a company gateway.`,
        evidence: {
          before: {
            ip: '203.0.0.7',
            browser: 'Firefox',
            os: 'Windows',
            at: new Date(nowMs - 30 * HOUR).toISOString(),
          },
          after: {
            ip: one.ip,
            browser: one.browser,
            os: one.os,
            at: new Date(nowMs - index * 5 * HOUR).toISOString(),
          },
          gapMinutes: 12,
          knownCountries: ['DE', 'NL'],
        },
        state: index % 5 === 4 ? 'learning' : 'open',
        verdict: null,
        suppressedBy: null,
        incident: null,
        verdictReason: null,
        verdictBy: null,
        verdictAt: null,
        duplicateOf: null,
        prefix: '203.0.113.0/24',
        asn: 64_500,
        client: 'Firefox on Linux',
        suppression: null,
      };
    });
}

function eventsOf(one: Session, index: number): Event[] {
  const { key, source, userId, userName, startedAt, endedAt, firstObservedAt, ...rest } = one;
  const where = {
    ip: rest.ip,
    ipClass: rest.ipClass,
    country: rest.country,
    region: rest.region,
    city: rest.city,
    lat: rest.lat,
    lon: rest.lon,
    accuracyKm: rest.accuracyKm,
    placeFrom: rest.placeFrom,
    asn: rest.asn,
    org: rest.org,
    networkKinds: rest.networkKinds,
    userAgent: rest.userAgent,
    browser: rest.browser,
    browserVersion: rest.browserVersion,
    os: rest.os,
    osVersion: rest.osVersion,
    deviceKind: rest.deviceKind,
  };
  const common = { source, userId, userName, session: key, ...where };
  const start = startedAt ?? firstObservedAt;
  const login: Event = {
    id: `e${index}`,
    at: start,
    kind: 'login',
    outcome: 'success',
    origin: 'reported',
    ...common,
  };
  const failure: Event = {
    id: `e${index}f`,
    at: new Date(Date.parse(start) - 40_000).toISOString(),
    kind: 'failure',
    outcome: 'failure',
    origin: 'reported',
    ...common,
    session: null,
  };
  const end: Event = {
    id: `e${index}e`,
    at: endedAt ?? start,
    kind: 'end',
    outcome: 'unknown',
    origin: 'synthesised',
    ...common,
  };
  return [login, ...(index % 9 === 0 ? [failure] : []), ...(endedAt === null ? [] : [end])];
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`The list has no entry ${index}.`);
  return found;
}

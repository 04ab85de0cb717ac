import type { HapiLogin, HapiSession } from './api/7331-hapi.ts';
import type { PortalGeo, PortalSession } from './api/7331-portal.ts';
import type { XyrapanelSession } from './api/xyrapanel-model.ts';
import type { ZiplineSession, ZiplineUser } from './api/zipline.ts';
import { DAY_MS } from './clock.ts';
import type { Company } from './company.ts';
import { userAgentAt, ziplineDeviceOf, type DeviceModel } from './device.ts';
import type { Random } from './random.ts';
import { cities, type Address } from './world.ts';

/** The four services that show only the operator's own sessions. */
export type OwnStage = {
  readonly files: {
    readonly user: ZiplineUser;
    readonly sessions: ZiplineSession[];
    readonly own: ZiplineSession;
  };
  readonly panel: {
    readonly sessions: XyrapanelSession[];
    readonly own: XyrapanelSession;
    readonly signingSecret: string;
  };
  readonly old: { readonly sessions: HapiSession[]; readonly logins: HapiLogin[]; readonly cookie: string };
  readonly portal: { readonly sessions: PortalSession[]; readonly cookie: string };
};

/** The services as they are on an ordinary morning; stories add what is not ordinary. */
export function createOwnStage(company: Company, nowMs: number, random: Random): OwnStage {
  const { operator } = company;
  const { home, phone } = operator.at;
  const office = operator.at.office ?? home;

  const file = (daysAgo: number, device: DeviceModel) =>
    fileSession(operator.id, nowMs - daysAgo * DAY_MS, device, random);
  const ownFile = file(12, operator.laptop);
  const files = [ownFile, file(31, operator.phone), file(67, 'firefox-linux')];

  const panelRow = (daysAgo: number, address: Address, device: DeviceModel) =>
    panelSession(nowMs - daysAgo * DAY_MS, address, device, random);
  const ownPanel = panelRow(1.2, home, operator.laptop);
  const panel = [
    ownPanel,
    panelRow(3, phone, 'chrome-android'),
    panelRow(6, office, operator.laptop),
    { ...panelRow(9, home, 'safari-iphone'), ipAddress: null },
    panelRow(16, office, operator.laptop),
  ];

  const portalRow = (daysAgo: number, address: Address, device: DeviceModel) =>
    portalSession(nowMs - daysAgo * DAY_MS, address, device, random);
  const portal = [
    ...[64, 52, 43, 33, 21].map((days) => ({
      ...portalRow(days, office, operator.laptop),
      endedAtMs: nowMs - 15 * DAY_MS,
    })),
    portalRow(11, phone, operator.phone),
    { ...portalRow(1.4, home, operator.laptop), isCurrent: true },
  ];

  const logins = [66, 58, 47, 36, 24, 17, 8, 2].map((days) =>
    hapiLogin(nowMs - days * DAY_MS, home, operator.laptop),
  );
  // Two sessions share a suffix: it is no id.
  const suffix = random.id(6);
  const old = [
    { ...hapiSession(nowMs - 17 * DAY_MS, home, random), suffix },
    { ...hapiSession(nowMs - 8 * DAY_MS, home, random), suffix },
    { ...hapiSession(nowMs - 2 * DAY_MS, home, random), isCurrent: true },
    // Its address is missing in the login history, so that its user agent is unknown.
    hapiSession(nowMs - 5 * DAY_MS, phone, random),
  ];
  return {
    files: { user: { id: operator.id, token: random.id(60) }, sessions: files, own: ownFile },
    panel: { sessions: panel, own: ownPanel, signingSecret: random.id(40) },
    old: { sessions: old, logins, cookie: random.id(40) },
    portal: { sessions: portal, cookie: random.id(40) },
  };
}

export function fileSession(
  userId: string,
  atMs: number,
  device: DeviceModel,
  random: Random,
): ZiplineSession {
  const id = `c${random.hex(24)}`;
  return { id, userId, createdAtMs: atMs, ua: userAgentAt(device, atMs), ...ziplineDeviceOf(device) };
}

/** Lives 14 days from its last refresh. */
export function panelSession(
  atMs: number,
  address: Address,
  device: DeviceModel,
  random: Random,
): XyrapanelSession {
  return {
    token: random.id(32),
    createdAtMs: atMs,
    expiresAtMs: atMs + 14 * DAY_MS,
    ipAddress: address.ip,
    userAgent: userAgentAt(device, atMs),
    seen: null,
  };
}

export function portalSession(
  atMs: number,
  address: Address,
  device: DeviceModel,
  random: Random,
): PortalSession {
  return {
    suffix: random.id(6),
    createdAtMs: atMs,
    expiresAtMs: atMs + 30 * DAY_MS,
    ip: address.ip,
    userAgent: userAgentAt(device, atMs),
    geo: portalGeo(address),
    isCurrent: false,
    endedAtMs: null,
  };
}

export function hapiSession(atMs: number, address: Address, random: Random): HapiSession {
  const expiresAtMs = atMs + 30 * DAY_MS;
  return {
    suffix: random.id(6),
    createdAtMs: atMs,
    expiresAtMs,
    ip: address.ip,
    geo: hapiGeo(address),
    isCurrent: false,
  };
}

export function hapiLogin(atMs: number, address: Address, device: DeviceModel): HapiLogin {
  return { ip: address.ip, atMs, userAgent: userAgentAt(device, atMs), geo: hapiGeo(address) };
}

function hapiGeo(address: Address): HapiLogin['geo'] {
  const { country, name, region } = cities[address.city];
  return { country, city: name, region };
}

function portalGeo({ city, network }: Address): PortalGeo {
  const { name, region, country, lat, lon } = cities[city];
  return {
    city: name,
    region_name: region,
    country_code: country,
    lat,
    lon,
    isp: network.org,
    org: network.org,
    is_mobile: network.kind === 'cellular',
    is_proxy: network.kind === 'vpn',
    is_hosting: network.kind === 'hosting' || network.kind === 'vpn',
  };
}

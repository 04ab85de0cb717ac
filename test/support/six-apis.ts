import type { SourceConfig, SourceKind } from '../../src/contract/source.ts';
import { createApi, type Apis } from '../../src/demo/api/create-api.ts';

const DAY_MS = 86_400_000;
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

/** Berlin and London, as the bundled databases know them. */
const HOME_IP = '91.64.0.10';
export const AWAY_IP = '81.2.69.142';

/** Secrets that are found wherever they are written: no other text looks like them. */
export const planted = {
  chatToken: 'PLANTED-chat-token-aaaaaaaaaaaaaaaaaaaa',
  chatLogin: 'PLANTED-chat-login-bbbbbbbbbbbbbbbbbbbb',
  filesToken: 'PLANTED-files-token-cccccccccccccccccc',
  panelOwn: 'PLANTED-panel-own-dddddddddddddddddddd',
  panelOther: 'PLANTED-panel-other-eeeeeeeeeeeeeeeeee',
  hapiCookie: 'PLANTED-hapi-cookie-ffffffffffffffffff',
  portalCookie: 'PLANTED-portal-cookie-gggggggggggggggg',
  appAdmin: 'PLANTED-app-admin-hhhhhhhhhhhhhhhhhhhh',
  appVictim: 'PLANTED-app-victim-iiiiiiiiiiiiiiiiiii',
} as const;

export type SixApis = {
  readonly apis: Apis;
  readonly sources: readonly SourceConfig[];
  /** What the sources' `env` references name. */
  readonly env: ReadonlyMap<string, string>;
  close(): Promise<void>;
};

/** The six kinds on loopback with two or three sessions each, no rate limits, and planted secrets everywhere. */
export async function startSixApis(nowMs = Date.now()): Promise<SixApis> {
  const clock = { now: () => Date.now() };
  const at = (days: number) => nowMs - days * DAY_MS;
  const later = nowMs + 7 * DAY_MS;
  const berlin = { country: 'DE', city: 'Berlin', region: 'Berlin' };
  const portalBerlin = {
    city: 'Berlin',
    region_name: 'Berlin',
    country_code: 'DE',
    lat: 52.52,
    lon: 13.405,
    isp: 'Vodafone',
    org: 'Vodafone',
    is_mobile: false,
    is_proxy: false,
    is_hosting: false,
  };
  const apis: Apis = {
    rocketchat: await createApi('rocketchat', {
      clock,
      callsPerMinute: null,
      users: [
        {
          id: 'chat-admin',
          username: 'operator',
          name: 'Operator',
          email: 'op@example.org',
          permissions: ['view-device-management', 'logout-device-management'],
        },
        { id: 'chat-ann', username: 'ann', name: 'Ann', email: 'ann@example.org', permissions: [] },
      ],
      tokens: [{ userId: 'chat-admin', token: planted.chatToken, ignoresSecondFactor: true }],
      sessions: [
        chatSession('chat-session-operator', 'chat-admin', `${planted.chatLogin}-1`, HOME_IP, at(1)),
        chatSession('chat-session-ann-0001', 'chat-ann', `${planted.chatLogin}-2`, AWAY_IP, at(0.1)),
      ],
    }),
    zipline: await createApi('zipline', {
      clock,
      users: [{ id: 'files-me', token: planted.filesToken }],
      sessions: [
        {
          id: 'files-session-own-1',
          userId: 'files-me',
          createdAtMs: at(3),
          ua: CHROME,
          client: 'Chrome',
          device: 'Desktop',
        },
        {
          id: 'files-session-other',
          userId: 'files-me',
          createdAtMs: at(1),
          ua: SAFARI,
          client: 'Mobile Safari',
          device: 'Mobile',
        },
      ],
    }),
    xyrapanel: await createApi('xyrapanel', {
      clock,
      callsPerWindow: null,
      sessions: [
        {
          token: planted.panelOwn,
          createdAtMs: at(2),
          expiresAtMs: later,
          ipAddress: HOME_IP,
          userAgent: CHROME,
          seen: null,
        },
        {
          token: planted.panelOther,
          createdAtMs: at(1),
          expiresAtMs: later,
          ipAddress: AWAY_IP,
          userAgent: SAFARI,
          seen: null,
        },
      ],
    }),
    '7331-hapi': await createApi('7331-hapi', {
      clock,
      cookies: [planted.hapiCookie],
      sessions: [
        {
          suffix: 'old001',
          createdAtMs: at(4),
          expiresAtMs: later,
          ip: HOME_IP,
          geo: berlin,
          isCurrent: true,
        },
        {
          suffix: 'old002',
          createdAtMs: at(2),
          expiresAtMs: later,
          ip: AWAY_IP,
          geo: { country: 'GB', city: 'London', region: 'England' },
          isCurrent: false,
        },
      ],
      logins: [{ ip: HOME_IP, atMs: at(4), userAgent: CHROME, geo: berlin }],
    }),
    '7331-portal': await createApi('7331-portal', {
      clock,
      cookies: [planted.portalCookie],
      sessions: [
        {
          suffix: 'new001',
          createdAtMs: at(4),
          expiresAtMs: later,
          ip: HOME_IP,
          userAgent: CHROME,
          geo: portalBerlin,
          isCurrent: true,
          endedAtMs: null,
        },
        {
          suffix: 'new002',
          createdAtMs: at(30),
          expiresAtMs: at(2),
          ip: HOME_IP,
          userAgent: SAFARI,
          geo: portalBerlin,
          isCurrent: false,
          endedAtMs: at(2),
        },
      ],
    }),
    'better-auth': await createApi('better-auth', {
      clock,
      rate: null,
      users: [
        {
          id: 'app-admin',
          name: 'Operator',
          email: 'op@example.org',
          emailVerified: true,
          role: 'admin',
          banned: false,
          createdAtMs: at(100),
        },
        {
          id: 'app-ann',
          name: 'Ann',
          email: 'ann@example.org',
          emailVerified: true,
          role: 'user',
          banned: false,
          createdAtMs: at(100),
        },
      ],
      sessions: [
        appSession('app-session-admin', 'app-admin', planted.appAdmin, HOME_IP, at(0.2), later),
        appSession('app-session-ann-1', 'app-ann', planted.appVictim, HOME_IP, at(0.3), later),
        appSession('app-session-ann-2', 'app-ann', `${planted.appVictim}-2`, AWAY_IP, at(0.28), later),
      ],
    }),
  };
  const env = new Map<string, string>([
    ['CHAT_TOKEN', planted.chatToken],
    ['FILES_TOKEN', planted.filesToken],
    ['FILES_COOKIE', apis.zipline.cookieOf('files-session-own-1')],
    ['PANEL_COOKIE', apis.xyrapanel.cookieOf(planted.panelOwn)],
    ['OLD_COOKIE', `hsession=${planted.hapiCookie}`],
    ['PORTAL_COOKIE', `psession=${planted.portalCookie}`],
    ['APP_TOKEN', planted.appAdmin],
  ]);
  return {
    apis,
    env,
    sources: [
      {
        id: 'chat',
        kind: 'rocketchat',
        mode: 'admin',
        url: apis.rocketchat.url,
        auth: { userId: 'chat-admin', token: { env: 'CHAT_TOKEN' } },
      },
      {
        id: 'files',
        kind: 'zipline',
        url: apis.zipline.url,
        auth: { token: { env: 'FILES_TOKEN' }, cookie: { env: 'FILES_COOKIE' } },
      },
      { id: 'panel', kind: 'xyrapanel', url: apis.xyrapanel.url, auth: { cookie: { env: 'PANEL_COOKIE' } } },
      { id: 'old', kind: '7331-hapi', url: apis['7331-hapi'].url, auth: { cookie: { env: 'OLD_COOKIE' } } },
      {
        id: 'portal',
        kind: '7331-portal',
        url: apis['7331-portal'].url,
        auth: { cookie: { env: 'PORTAL_COOKIE' } },
      },
      {
        id: 'app',
        kind: 'better-auth',
        mode: 'admin',
        url: apis['better-auth'].url,
        auth: { bearer: { env: 'APP_TOKEN' } },
      },
    ],
    close: async () => {
      await Promise.all(Object.values(apis).map((api) => api.close()));
    },
  };
}

/** Which source of the six is of a kind. */
export const sourceOfKind: Readonly<Record<SourceKind, string>> = {
  rocketchat: 'chat',
  zipline: 'files',
  xyrapanel: 'panel',
  '7331-hapi': 'old',
  '7331-portal': 'portal',
  'better-auth': 'app',
};

function chatSession(sessionId: string, userId: string, loginToken: string, ip: string, loginAtMs: number) {
  return {
    sessionId,
    userId,
    loginToken,
    ip,
    loginAtMs,
    lastActivityAtMs: loginAtMs,
    host: 'chat.example.org',
    device: {
      type: 'browser',
      name: 'Chrome',
      longVersion: '140.0.0.0',
      version: '140.0.0',
      os: { name: 'Windows', version: '10' },
    },
    closedAtMs: null,
    logoutAtMs: null,
    logoutBy: null,
  };
}

function appSession(
  id: string,
  userId: string,
  token: string,
  ipAddress: string,
  createdAtMs: number,
  expiresAtMs: number,
) {
  return {
    id,
    userId,
    token,
    ipAddress,
    createdAtMs,
    updatedAtMs: createdAtMs,
    expiresAtMs,
    userAgent: CHROME,
    impersonatedBy: null,
  };
}

/** One document of the sessions collection; documents with one login token are one row of a listing. */
export type RocketchatSession = {
  /** A websocket connection: a reconnect of the same device gets a new one. */
  sessionId: string;
  loginToken: string;
  userId: string;
  device: RocketchatDevice | null;
  host: string;
  ip: string;
  /** The latest login or resume. */
  loginAtMs: number;
  lastActivityAtMs: number;
  closedAtMs: number | null;
  logoutAtMs: number | null;
  logoutBy: string | null;
};

export type RocketchatDevice = {
  type: string;
  name: string;
  longVersion: string;
  version: string;
  os: { name: string; version: string };
};

export type RocketchatPermission =
  'view-device-management' | 'logout-device-management' | 'api-bypass-rate-limit';

/** A user that exists. Sessions of a user who is not among them come without `_user`: the user was deleted. */
export type RocketchatUser = {
  id: string;
  username: string;
  name: string;
  email: string;
  permissions: readonly RocketchatPermission[];
};

/** A credential: `X-User-Id` and `X-Auth-Token`. */
export type RocketchatToken = {
  userId: string;
  token: string;
  /** A personal access token made with "ignore two factor". */
  ignoresSecondFactor: boolean;
};

export type RocketchatLies = {
  /** `sort` orders only the page that was already cut. */
  pageLocalSort: boolean;
  /** `count` echoes the asked page size instead of the rows returned. */
  countEchoes: boolean;
  /** `sessions/info.admin` takes the id for a pattern and answers the first match. */
  patternLookup: boolean;
};

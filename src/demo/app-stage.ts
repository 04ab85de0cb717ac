import { storedAddress } from './api/better-auth-address.ts';
import type { BetterAuthSession, BetterAuthUser } from './api/better-auth-model.ts';
import { DAY_MS } from './clock.ts';
import { personNamed, routineLogins, type Company, type Login, type Person } from './company.ts';
import { userAgentAt } from './device.ts';
import type { Random } from './random.ts';
import type { CityId } from './world.ts';

/** The main stage: everybody's sessions in the company's own app, administrators included. */
export type AppStage = {
  readonly users: BetterAuthUser[];
  readonly sessions: BetterAuthSession[];
  /** The operator's own session, whose token is the credential. */
  readonly own: BetterAuthSession;
};

/** Signs people in once the usual logins are there: stories use it for what is unusual. */
export type AppLogin = Login & {
  /** How long it was used after the login: a session in use is refreshed and lives 7 days from then on. */
  readonly usedForMs?: number;
  readonly impersonatedBy?: string;
};

/** How many of each home have an account in the app. */
const ACCOUNTS: Record<string, number> = {
  berlin: 10,
  munich: 3,
  hamburg: 2,
  london: 3,
  paris: 1,
  amsterdam: 1,
  newYork: 1,
} satisfies Partial<Record<CityId, number>>;

const LIFETIME_MS = 7 * DAY_MS;
/** Who sits behind a second proxy, so that better-auth can't tell the address. */
const BEHIND_PROXIES = ['Tomasz Nowak'];
const SUPPORT = 'Emre Kaya';
/** People whose last days are told by stories: their routine ends earlier, so that it contradicts nothing. */
const IN_STORIES = ['Jonas Weber', 'Nadia Petrova', 'Theo Bauer', 'Kim Petersen', 'Camille Laurent'];

/** The app after two ordinary months: users, their live sessions and the expired ones that nobody pruned. */
export function createAppStage(company: Company, nowMs: number, random: Random): AppStage {
  const people = accountHolders(company.people);
  const admins = [company.operator, personNamed(company, SUPPORT)];
  const users = people.map((person): BetterAuthUser => ({
    id: person.id,
    name: person.name,
    email: person.email,
    emailVerified: true,
    role: admins.includes(person) ? 'admin' : 'user',
    banned: false,
    createdAtMs: nowMs - 400 * DAY_MS + random.fork(person.name).between(0, 300) * DAY_MS,
  }));
  const sessions = people.flatMap((person) =>
    routineSessions(person, nowMs, random.fork(`routine ${person.name}`)),
  );
  const own = appSession(
    {
      person: company.operator,
      atMs: nowMs - 26 * 60 * 60_000,
      address: company.operator.at.home,
      device: company.operator.laptop,
      usedForMs: DAY_MS,
    },
    random.fork('operator'),
  );
  sessions.push(own);
  return { users, sessions, own };
}

/** One row as better-auth stores it. */
export function appSession(login: AppLogin, random: Random): BetterAuthSession {
  const updatedAtMs = login.atMs + (login.usedForMs ?? 0);
  return {
    id: random.id(32),
    token: random.id(32),
    userId: login.person.id,
    createdAtMs: login.atMs,
    updatedAtMs,
    expiresAtMs: updatedAtMs + LIFETIME_MS,
    ipAddress: storedAddress(forwardedFor(login)),
    userAgent: userAgentAt(login.device, login.atMs),
    impersonatedBy: login.impersonatedBy ?? null,
  };
}

function accountHolders(people: readonly Person[]): Person[] {
  const places = new Map(Object.entries(ACCOUNTS));
  return people.filter((person) => {
    const left = places.get(person.home) ?? 0;
    places.set(person.home, left - 1);
    return left > 0;
  });
}

function routineSessions(person: Person, nowMs: number, random: Random): BetterAuthSession[] {
  const isInStory = IN_STORIES.includes(person.name);
  return routineLogins(person, nowMs, random)
    .slice(0, isInStory ? -1 : undefined)
    .map((login) => appSession({ ...login, usedForMs: random.between(0, 3) * DAY_MS }, random));
}

/** What the proxy in front of the app says: the address, or two hops that better-auth makes nothing of. */
function forwardedFor({ person, address }: Login): string {
  return BEHIND_PROXIES.includes(person.name) ? `${address.ip}, 10.0.0.7` : address.ip;
}

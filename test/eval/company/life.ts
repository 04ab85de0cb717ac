import type { Act, Connection } from './act.ts';
import { assume } from './assumptions.ts';
import type { Chance } from './chance.ts';
import { cities } from './cities.ts';
import { atLocalHour, DAY_MS, HOUR_MS, isWeekend, MINUTE_MS } from './clock.ts';
import type { Networks } from './networks.ts';
import { machineAt, type Person, type Span } from './person.ts';
import { connect, whereIs } from './whereabouts.ts';

/** Everything somebody honestly does in a span of time, in no order. */
export function lifeOf(person: Person, span: Span, networks: Networks): readonly Act[] {
  const chance = person.chance.fork('life');
  const times =
    person.profile === 'employee' ? workingTimes(person, span, chance) : leisureTimes(span, chance);
  return [
    ...times.flatMap((ms, at) =>
      signIn(
        person,
        ms,
        chance
          .fork('session', at)
          .below(2 ** 50)
          .toString(36),
        networks,
        chance,
      ),
    ),
    ...inFlight(person, networks, chance),
  ];
}

/** 5–30 logins a working day, next to none on other days and on a holiday. */
function workingTimes({ home, trips }: Person, { fromMs, toMs }: Span, chance: Chance): readonly number[] {
  const usual = chance.between(5, 30);
  const times: number[] = [];
  for (let day = Math.floor(fromMs / DAY_MS) * DAY_MS; day < toMs; day += DAY_MS) {
    const isHoliday = trips.some(
      ({ isHoliday, departMs, backMs }) => isHoliday && departMs < day && day < backMs,
    );
    const isOff = isHoliday || isWeekend(day + DAY_MS / 2);
    const count = isOff
      ? chance.poisson(chance.happens(0.15) ? 2 : 0)
      : Math.round(usual * chance.between(0.6, 1.4));
    for (let login = 0; login < count; login += 1) {
      const ms = atLocalHour(day, workingHour(chance), home.zone);
      if (ms >= fromMs && ms < toMs) times.push(ms);
    }
  }
  return times.sort((a, b) => a - b);
}

function workingHour(chance: Chance): number {
  const [from, to] = chance.weighted([
    [[8, 18], 85],
    [[18, 23], 10],
    [[6, 8], 5],
  ] as const);
  return chance.between(from, to);
}

/** Logins of a user of a public service (7.2): 39.7 % have one, the median is 2, one in ten has more than 9. */
function leisureTimes({ fromMs, toMs }: Span, chance: Chance): readonly number[] {
  const [least, most] = chance.weighted([
    [[1, 1], 39.7],
    [[2, 2], 13],
    [[3, 5], 22],
    [[6, 9], 15.3],
    [[10, 28], 9],
    [[29, 80], 1],
  ] as const);
  const count = least + chance.below(most - least + 1);
  return Array.from({ length: count }, () => chance.between(fromMs, toMs)).sort((a, b) => a - b);
}

/** A login with what comes before it and what polls see of its session afterwards. */
function signIn(
  person: Person,
  ms: number,
  sessionKey: string,
  networks: Networks,
  chance: Chance,
): readonly Act[] {
  const { people } = assume;
  const [first, second = first] = person.machines;
  if (first === undefined || second === undefined) return [];
  const isSecond = chance.happens(person.profile === 'employee' ? people.corporateOnPhone : 0.2);
  const [, machines] = isSecond ? second : first;
  const machine = machineAt(machines, ms);
  const connection = connect(person, machine, whereIs(person, ms), ms, networks, chance);
  if (connection === null) return [];
  const isPolled = chance.happens(people.polledSessions);
  const act = (over: Partial<Act>): Act => ({
    kind: 'login',
    atMs: ms,
    outcome: 'success',
    sessionKey: isPolled ? sessionKey : null,
    connection,
    userAgent: machine.userAgentAt(ms),
    attack: null,
    ...over,
  });
  const failures = mistakes(person, chance).map((beforeMs) =>
    act({ atMs: ms - beforeMs, outcome: 'failure', sessionKey: null }),
  );
  if (!isPolled) return [...failures, act({})];
  return [
    ...failures,
    act({}),
    act({ kind: 'start' }),
    ...seenAgain(person, act({ kind: 'activity' }), networks, chance),
  ];
}

/** How long before the login its failures were. */
function mistakes(person: Person, chance: Chance): readonly number[] {
  const loginsInAMonth = person.profile === 'employee' ? 350 : 2;
  if (chance.happens(assume.people.forgottenPasswordsInAMonth / loginsInAMonth)) {
    return Array.from({ length: 3 + chance.below(6) }, (_, at) => (at + 1) * chance.between(15, 40) * 1000);
  }
  return chance.happens(assume.people.typoBeforeLogin) ? [chance.between(5, 30) * 1000] : [];
}

/** What polls see of a session: the machine goes along with the person, and only what changed is kept. */
function seenAgain(person: Person, first: Act, networks: Networks, chance: Chance): readonly Act[] {
  const machines = person.machines.find(([, list]) => {
    return list.some(({ machine }) => machine.userAgentAt(first.atMs) === first.userAgent);
  })?.[1];
  if (machines === undefined) return [];
  const machine = machineAt(machines, first.atMs);
  const acts: Act[] = [];
  let ms = first.atMs;
  for (let more = chance.poisson(assume.people.seenAgainInSession); more > 0; more -= 1) {
    ms += 6 * MINUTE_MS + chance.exponential(2 * HOUR_MS);
    const connection = connect(person, machine, whereIs(person, ms), ms, networks, chance);
    if (connection === null) continue;
    const last = acts.at(-1) ?? first;
    if (isSameLine(last.connection, connection)) continue;
    acts.push({ ...first, atMs: ms, connection, userAgent: machine.userAgentAt(ms) });
  }
  return acts;
}

function isSameLine(a: Connection, b: Connection): boolean {
  return a.access === b.access && a.host === b.host;
}

/** Some sign in on the plane: the satellite's place is that of its ground station or its owner. */
function inFlight(person: Person, networks: Networks, chance: Chance): readonly Act[] {
  return person.trips.flatMap(({ departMs, arriveMs, isFlight, point }) => {
    if (!isFlight || !chance.happens(assume.flight.inFlightLogin)) return [];
    const atMs = departMs + (arriveMs - departMs) * 0.6;
    const city = chance.pick(cities);
    const provider = networks.provider(city.country, 'satellite', 0);
    const [first] = person.machines;
    if (first === undefined) return [];
    const act: Act = {
      kind: 'login',
      atMs,
      outcome: 'success',
      sessionKey: null,
      connection: {
        access: networks.access(provider, city, chance.below(4)),
        host: chance.below(250),
        point: between(person.home.point, point),
        isLocal: false,
      },
      userAgent: machineAt(first[1], atMs).userAgentAt(atMs),
      attack: null,
    };
    return [act];
  });
}

/** Somewhere on the way; no detector is held against it, because no line there is local. */
function between(a: Connection['point'], b: Connection['point']): Connection['point'] {
  return { lat: (a.lat + b.lat) / 2, lon: (a.lon + b.lon) / 2 };
}

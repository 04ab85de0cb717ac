import { appSession, type AppLogin } from './app-stage.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './clock.ts';
import { personNamed, type Person } from './company.ts';
import { otherPhone, strangeDevice, userAgentAt, type DeviceModel } from './device.ts';
import type { Scene, Story, StoryId } from './story.ts';
import type { Address } from './world.ts';

/** What happens in the company's own app, where everybody's history is long enough to know what is normal. */
export function appStories(scene: Scene): readonly Story[] {
  return [
    traveller(scene),
    vpnUser(scene),
    stolenCookie(scene),
    impossibleJourney(scene),
    newCountry(scene),
    forgottenSession(scene),
    impersonatedSession(scene),
    ownSession(scene),
  ];
}

/** Berlin, London, New York and home again, with time to fly each leg; both countries are known from earlier trips. */
function traveller(scene: Scene): Story {
  const person = personNamed(scene.company, 'Nadia Petrova');
  const { home } = person.at;
  const london = scene.addresses.take('london', 'fixed');
  const newYork = scene.addresses.take('newYork', 'fixed');
  const trip: readonly (readonly [number, Address])[] = [
    [70 * DAY_MS, newYork],
    [56 * DAY_MS, london],
    [53 * DAY_MS, home],
    [34 * DAY_MS, newYork],
    [30 * DAY_MS, home],
    [19 * DAY_MS, london],
    [3 * DAY_MS, home],
    [31 * HOUR_MS, london],
    [8 * HOUR_MS, newYork],
  ];
  const sessions = trip.map(([agoMs, address]) => signIn(scene, person, agoMs, address, person.laptop));
  return story('traveller', 'An honest journey by plane', person, sessions);
}

/** Home and three VPN exits within the hour: none of the exits is where the person is. */
function vpnUser(scene: Scene): Story {
  const person = personNamed(scene.company, 'Theo Bauer');
  const exits = (['zurich', 'newYork', 'stockholm'] as const).map((city) =>
    scene.addresses.take(city, 'vpn'),
  );
  const [zurich, newYork, stockholm] = exits;
  if (zurich === undefined || newYork === undefined || stockholm === undefined)
    throw new Error('No VPN exit.');
  const hours: readonly (readonly [number, Address])[] = [
    [40 * 24, zurich],
    [22 * 24, newYork],
    [6, person.at.home],
    [5.5, newYork],
    [5, stockholm],
    [4.5, zurich],
  ];
  const sessions = hours.map(([hoursAgo, address]) =>
    signIn(scene, person, hoursAgo * HOUR_MS, address, person.laptop),
  );
  return story('vpn-user', 'A VPN switched between countries', person, sessions);
}

/**
 * One session, used in Paris for days, goes on in Bucharest on another system. The app writes address and user agent at
 * each refresh (a hook of its own: better-auth as shipped keeps those of the sign-in).
 */
function stolenCookie(scene: Scene): Story {
  const person = personNamed(scene.company, 'Camille Laurent');
  const session = signIn(scene, person, 5 * DAY_MS, person.at.home, person.laptop, {
    usedForMs: 4.8 * DAY_MS,
  });
  const thief = scene.addresses.take('bucharest', 'fixed');
  const act = () => {
    session.ipAddress = thief.ip;
    session.userAgent = userAgentAt(strangeDevice(person.laptop), scene.now());
    session.updatedAtMs = scene.now();
    session.expiresAtMs = scene.now() + 7 * DAY_MS;
  };
  return { ...story('stolen-cookie', 'A stolen cookie', person, [session]), act };
}

/** Berlin, and 90 minutes later Singapore: both starts are reported by the app. */
function impossibleJourney(scene: Scene): Story {
  const person = personNamed(scene.company, 'Jonas Weber');
  const agoMs = 3 * HOUR_MS + 20 * MINUTE_MS;
  const berlin = signIn(scene, person, agoMs, person.at.home, person.laptop);
  const attacker = scene.addresses.take('singapore', 'fixed');
  const singapore = signIn(scene, person, agoMs - 90 * MINUTE_MS, attacker, strangeDevice(person.laptop));
  return story('impossible-journey', 'Berlin, then Singapore in 90 minutes', person, [berlin, singapore]);
}

/** Two months of Hamburg, then Hanoi on an unknown phone; there was time enough to fly. */
function newCountry(scene: Scene): Story {
  const person = personNamed(scene.company, 'Kim Petersen');
  signIn(scene, person, 4 * DAY_MS, person.at.home, person.laptop);
  const hotel = scene.addresses.take('hanoi', 'fixed');
  const hanoi = signIn(scene, person, 7 * HOUR_MS, hotel, otherPhone(person.phone));
  return story('new-country', 'A first sign-in from Vietnam', person, [hanoi]);
}

/** Signed in 200 days ago and kept alive by daily use. */
function forgottenSession(scene: Scene): Story {
  const person = personNamed(scene.company, 'Oliver Grant');
  const usedForMs = 200 * DAY_MS - 20 * HOUR_MS;
  const session = signIn(scene, person, 200 * DAY_MS, person.at.home, person.laptop, { usedForMs });
  return story('forgotten-session', 'A session of 200 days', person, [session]);
}

/** Support signed in as somebody else, from the office. */
function impersonatedSession(scene: Scene): Story {
  const person = personNamed(scene.company, 'Sophie Brandt');
  const support = personNamed(scene.company, 'Emre Kaya');
  const address = support.at.office ?? support.at.home;
  const session = signIn(scene, person, 2 * HOUR_MS, address, support.laptop, { impersonatedBy: support.id });
  return story('impersonated-session', 'Support acts as a user', person, [session]);
}

/** The administrator's own session is the credential: ending it locks Sessionscope out. */
function ownSession({ company, app }: Scene): Story {
  return story('own-sessions', "The operator's own session", company.operator, [app.own]);
}

function signIn(
  scene: Scene,
  person: Person,
  agoMs: number,
  address: Address,
  device: DeviceModel,
  more: Pick<AppLogin, 'usedForMs' | 'impersonatedBy'> = {},
) {
  const login = { person, atMs: scene.nowMs - agoMs, address, device, ...more };
  const session = appSession(login, scene.random.fork(`${person.name} ${agoMs}`));
  scene.app.sessions.push(session);
  return session;
}

function story(id: StoryId, title: string, person: Person, sessions: readonly { id: string }[]): Story {
  return {
    id,
    title,
    source: 'app',
    person: person.name,
    sessions: sessions.map((one) => one.id),
    act: null,
  };
}

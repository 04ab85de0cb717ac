import { DAY_MS, HOUR_MS, MINUTE_MS } from './clock.ts';
import type { DeviceModel } from './device.ts';
import type { Random } from './random.ts';
import { cities, type Address, type Addresses, type CityId } from './world.ts';

/** Somebody who works there. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly email: string;
  readonly home: CityId;
  readonly at: { readonly home: Address; readonly phone: Address; readonly office: Address | null };
  readonly laptop: DeviceModel;
  readonly phone: DeviceModel;
};

export type Company = {
  readonly people: readonly Person[];
  /** The analyst whose credentials Sessionscope uses: administrator everywhere. */
  readonly operator: Person;
};

/** One sign-in of a person, somewhere, with something. */
export type Login = {
  readonly person: Person;
  readonly atMs: number;
  readonly address: Address;
  readonly device: DeviceModel;
};

const OFFICES: readonly CityId[] = ['berlin', 'london'];
const LAPTOPS: readonly DeviceModel[] = [
  'chrome-windows',
  'chrome-mac',
  'edge-windows',
  'firefox-windows',
  'safari-mac',
  'firefox-linux',
];
const PHONES: readonly DeviceModel[] = ['safari-iphone', 'chrome-android'];

/** Who works where; the first is the operator, and stories cast the others by their names. */
const STAFF: readonly (readonly [CityId, ...string[]])[] = [
  ['berlin', 'Mara Lindner', 'Jonas Weber', 'Nadia Petrova', 'Emre Kaya', 'Sophie Brandt', 'Lukas Hoffmann'],
  ['berlin', 'Aylin Demir', 'Felix Krause', 'Ines Vogel', 'Tomasz Nowak', 'Greta Sommer', 'Paul Richter'],
  ['berlin', 'Leila Haddad', 'Moritz Engel', 'Hanna Busch', 'Viktor Orlov'],
  ['munich', 'Theo Bauer', 'Clara Huber', 'Anton Mayr', 'Julia Seidl', 'Ravi Menon', 'Eva Gruber'],
  ['hamburg', 'Kim Petersen', 'Ole Jansen', 'Mia Carstens', 'Finn Behrens'],
  ['london', 'Oliver Grant', 'Priya Shah', 'James Okafor', 'Emily Clarke', 'Daniel Reid', 'Zoe Bennett'],
  ['paris', 'Camille Laurent', 'Hugo Moreau', 'Lea Fontaine', 'Malik Diallo'],
  ['amsterdam', 'Daan Visser', 'Sanne de Boer'],
  ['newYork', 'Grace Miller', 'Marcus Reed'],
];

/** Whose line at home speaks IPv6. */
const ON_IPV6 = ['Emre Kaya', 'Lukas Hoffmann'];

/** The people of a seed: same names everywhere, but ids, devices and habits differ between seeds. */
export function createCompany(random: Random, addresses: Addresses): Company {
  const people = STAFF.flatMap(([home, ...names]) =>
    names.map((name) => hire(name, home, random, addresses)),
  );
  const [operator] = people;
  if (operator === undefined) throw new Error('The company has nobody.');
  return { people, operator };
}

function hire(name: string, home: CityId, random: Random, addresses: Addresses): Person {
  const own = random.fork(name);
  const username = name.toLowerCase().replaceAll(' ', '.');
  const office = OFFICES.includes(home) ? addresses.office(home) : null;
  return {
    id: own.id(17),
    name,
    username,
    email: `${username}@northwind.example`,
    home,
    at: {
      home: ON_IPV6.includes(name) ? addresses.take6(home) : addresses.take(home, 'fixed'),
      phone: addresses.take(home, 'cellular'),
      office,
    },
    laptop: own.pick(LAPTOPS),
    phone: own.pick(PHONES),
  };
}

/** The person of that name; throws when nobody is called so, for stories that are misspelt. */
export function personNamed(company: Company, name: string): Person {
  const found = company.people.find((person) => person.name === name);
  if (found === undefined) throw new Error(`Nobody in the company is called ${name}.`);
  return found;
}

/** Days before now on which everybody signs in anew: over two months, more than five times, last a few days ago. */
const ROUTINE_DAYS = [73, 61, 50, 39, 27, 15, 4];

/** A person's ordinary sign-ins, oldest first: from home, office and phone, in the morning of the home city. */
export function routineLogins(person: Person, nowMs: number, random: Random): Login[] {
  return ROUTINE_DAYS.map((daysAgo) => {
    const day = Math.floor((nowMs - daysAgo * DAY_MS) / DAY_MS) * DAY_MS;
    const localMorningMs = (8 - cities[person.home].lon / 15) * HOUR_MS;
    const atMs = day + localMorningMs + random.between(0, 149) * MINUTE_MS + random.between(0, 59_999);
    const roll = random.next();
    if (roll < 0.2) return { person, atMs, address: person.at.phone, device: person.phone };
    const address = roll < 0.6 ? (person.at.office ?? person.at.home) : person.at.home;
    return { person, atMs, address, device: person.laptop };
  });
}

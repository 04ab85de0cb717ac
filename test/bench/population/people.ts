import { hex, pick } from './chance.ts';

/** A company's services, by what their APIs are. */
export const services = ['app', 'files', 'panel', 'wiki', 'chat'] as const;
export type Service = (typeof services)[number];

export type Person = {
  /** From 0: the one with the most sessions first. */
  readonly number: number;
  readonly service: Service;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly sessions: number;
};

export type People = { readonly count: number; of(service: Service): Iterable<Person> };

/** A tenth as many users as sessions, who have exactly that many together. */
export function createPeople(sessions: number): People {
  const count = Math.max(services.length, Math.round(sessions / 10));
  const sizes = longTail(sessions, count);
  return {
    count,
    *of(service) {
      for (const [number, size] of sizes.entries()) {
        if (serviceOf(number) === service) yield personOf(number, size);
      }
    },
  };
}

/** Everybody has one; the rest goes by rank, so that the busiest has some thousandths of all. */
function longTail(sessions: number, users: number): Uint32Array {
  const weightOf = (rank: number) => (rank + 10) ** -0.7;
  let weights = 0;
  for (let rank = 0; rank < users; rank += 1) weights += weightOf(rank);
  const sizes = new Uint32Array(users);
  let left = sessions;
  for (let rank = 0; rank < users; rank += 1) {
    const size = 1 + Math.floor(((sessions - users) * weightOf(rank)) / weights);
    sizes[rank] = size;
    left -= size;
  }
  for (let rank = 0; left > 0; rank = (rank + 1) % users, left -= 1) sizes[rank] = (sizes[rank] ?? 0) + 1;
  return sizes;
}

/** One in eleven chats: at a million sessions still below the 100,000 that Rocket.Chat's listing is read to. */
function serviceOf(number: number): Service {
  if (number % 11 === 5) return 'chat';
  return services[number % 4] ?? 'app';
}

const givenNames = 'Ann Bob Chen Dana Émile Fatou Gül Hana Ivo Jörg Kofi Lea'.split(' ');
const familyNames = 'Ahmed Berg Costa Duval Evans Fischer García Horvat Ito Jansen'.split(' ');

function personOf(number: number, sessions: number): Person {
  const given = pick(givenNames, 1, number);
  const family = pick(familyNames, 2, number);
  return {
    number,
    service: serviceOf(number),
    id: `u${hex(2, 3, number)}`,
    name: `${given} ${family} ${number}`,
    email: `u${number}@example.test`,
    sessions,
  };
}

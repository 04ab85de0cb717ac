import type { Session } from '../../../src/contract/session.ts';
import type { UserRef, UserTag } from '../../../src/contract/person.ts';
import type { User } from '../../../src/contract/user.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { EngineError } from '../../../src/engine/errors.ts';

const BY = 'ann via web';

export type FakeUsers = {
  /** As they are now. */
  readonly users: () => User[];
  readonly tag: Engine['users']['tag'];
  readonly persons: Engine['persons'];
};

/**
 * The users behind sessions. Who has the same name at the chat and at the app is one person by e-mail, and the app tells that its
 * first user is an administrator; both can be changed.
 */
export function fakeUsers(sessions: readonly Session[], nowMs: number): FakeUsers {
  const users = usersOf(sessions);
  const appAdmin = users.find(({ source }) => source === 'app');
  if (appAdmin !== undefined) {
    appAdmin.tags = ['administrator'];
    appAdmin.toldTags = ['administrator'];
  }
  for (const user of users.filter(({ source }) => source === 'chat')) {
    const mate = users.find((each) => each.source === 'app' && each.userName === user.userName);
    if (mate !== undefined) join([user, mate], `p-${user.userName ?? user.userId}`, 'email');
  }
  const found = ({ source, userId }: UserRef) => {
    const user = users.find((each) => each.source === source && each.userId === userId);
    if (user === undefined)
      throw new EngineError('not-found', `There is no user "${userId}" at "${source}".`);
    return user;
  };
  const decided = () => ({ personBy: BY, personAt: new Date(nowMs).toISOString() });

  return {
    users: () => users,
    tag: async ({ user, tags }) => {
      found(user).tags = [...new Set<UserTag>(tags)].sort();
    },
    persons: {
      list: async () =>
        [...Map.groupBy(users, ({ personId }) => personId)].flatMap(([id, members]) =>
          id === null ? [] : { id, users: members.map(memberOf) },
        ),
      link: async ({ users: refs }) => {
        const named = refs.map(found);
        const known = named.flatMap(({ personId }) => personId ?? []);
        const mates = users.filter(({ personId }) => personId !== null && known.includes(personId));
        const id = `p-${users.indexOf(named[0] ?? found({ source: '', userId: '' }))}`;
        for (const mate of mates) mate.personId = id;
        join(named, id, 'hand', decided());
      },
      unlink: async (ref) => {
        const user = found(ref);
        const mates = users.filter(({ personId }) => personId === user.personId && personId !== null);
        if (mates.length === 0) throw new EngineError('refused', 'The user is linked to nobody.');
        const left = mates.length > 2 ? [user] : mates;
        for (const each of left) Object.assign(each, { personId: null, personFrom: null });
        Object.assign(user, { personFrom: 'parted', ...decided() });
      },
    },
  };
}

function join(
  users: readonly User[],
  personId: string,
  personFrom: 'email' | 'hand',
  decided: Partial<User> = {},
) {
  for (const user of users) Object.assign(user, { personId, personFrom, ...decided });
}

function memberOf({ source, userId, userName, email, personFrom, personBy, personAt }: User) {
  return { source, userId, userName, email, byHand: personFrom === 'hand', by: personBy, at: personAt };
}

function usersOf(sessions: readonly Session[]): User[] {
  const users = new Map<string, User>();
  for (const { source, userId, userName, state, country, lastObservedAt, findings } of sessions) {
    const id = `${source}/${userId}`;
    const user: User = users.get(id) ?? {
      source,
      userId,
      userName,
      email: null,
      personId: null,
      personFrom: null,
      personBy: null,
      personAt: null,
      tags: [],
      toldTags: [],
      liveSessions: 0,
      sessions: 0,
      openFindings: 0,
      countries: [],
      lastObservedAt,
    };
    user.sessions += 1;
    user.openFindings += findings.length;
    if (state === 'active') {
      user.liveSessions += 1;
      if (country !== null && !user.countries.includes(country)) user.countries.push(country);
    }
    users.set(id, user);
  }
  return [...users.values()];
}

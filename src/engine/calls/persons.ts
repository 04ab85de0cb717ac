import type { Engine } from '../api.ts';
import type { AuditLog } from '../audit/log.ts';
import type { Changes } from '../changes.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import type { Store } from '../store/store.ts';
import type { UserNumber } from '../store/user-number.ts';

export type PersonCallsDeps = {
  readonly store: Store;
  readonly changes: Changes;
  readonly requireWriting: () => { readonly write: StoreWriter; readonly audit: AuditLog };
  /** Runs the rules over users again, because what is known of them has changed. */
  readonly judge: (users: ReadonlySet<UserNumber>) => Promise<unknown>;
};

/** What the router's `users` and `persons` calls do. */
export function personCalls({ store, changes, requireWriting, judge }: PersonCallsDeps): {
  readonly users: Engine['users'];
  readonly persons: Engine['persons'];
} {
  const judgeAgain = async (users: readonly UserNumber[]) => {
    await judge(new Set(users));
    changes.mark('sessions', 'findings', 'audit');
  };
  return {
    users: {
      list: (request) => store.read.users(request),
      tag: async ({ user, tags }) => {
        const { write, audit } = requireWriting();
        await judgeAgain(await write.tagUser(user, tags, audit.draft('users.tagged', { user, tags })));
      },
    },
    persons: {
      list: () => store.read.persons(),
      link: async ({ users }) => {
        const { write, audit } = requireWriting();
        await judgeAgain(await write.linkUsers(users, audit.draft('persons.linked', { users })));
      },
      unlink: async (user) => {
        const { write, audit } = requireWriting();
        await judgeAgain(await write.unlinkUser(user, audit.draft('persons.unlinked', { user })));
      },
    },
  };
}

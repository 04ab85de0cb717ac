import { describe, expect, it } from 'vitest';
import { toAccount, toRow } from '../../../src/engine/source/rocketchat/transform.ts';
import { wireMe, wireSession } from '../../../src/engine/source/rocketchat/wire.ts';

const account = (more: Record<string, unknown>) => toAccount(wireMe.parse({ _id: 'u1', ...more }));

describe('the roles of a Rocket.Chat credential', () => {
  it.each([
    [['user', 'admin'], ['administrator']],
    [['bot'], ['service']],
    [['user', 'auditor', 7, null], []],
  ])('%j make the tags %j, also of its own row in a listing of everybody', (roles, tags) => {
    const me = account({ roles });
    expect(me.tags).toEqual(tags);
    const row = (userId: string) => toRow(wireSession.parse({ sessionId: 's1', userId }), me, true);
    expect(row('u1').user?.tags).toEqual(tags);
    expect(row('u2').user?.tags).toBeUndefined();
  });

  it.each([[{}], [{ roles: 'admin' }], [{ roles: null }]])('are not told by %j', (answer) => {
    expect(account(answer).tags).toBeUndefined();
  });
});

// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { User } from '../../../src/contract/user.ts';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

const everybody = { query: '', sort: null, limit: 500, cursor: null };

const rowOf = async ({ userName, source }: User) => {
  const grid = await screen.findByRole('grid', { name: 'Users' });
  const rows = await within(grid).findAllByRole('row');
  const row = rows.find((each) => {
    const [name, at] = within(each).queryAllByRole('gridcell');
    return name?.textContent.startsWith(userName ?? '') === true && at?.textContent === source;
  });
  if (row === undefined) throw new Error(`there is no row of ${userName ?? ''}`);
  return within(row);
};

describe('the list of users', () => {
  it('says where each person has other accounts, for all rows in view in one call', async () => {
    const engine = fakeEngine({ sessions: 300 });
    const { rows } = await engine.users.list(everybody);
    const joined = rows.find(({ source, personId }) => source === 'chat' && personId !== null);
    if (joined === undefined) throw new Error('nobody is joined');
    const list = vi.spyOn(engine.users, 'list');
    const all = vi.spyOn(engine.persons, 'list');
    drawApp(engine, '?only=several#/timeline');
    expect(await (await rowOf(joined)).findByText('app')).toBeDefined();
    // Not the list of all persons, which ends after a thousand.
    expect(all).not.toHaveBeenCalled();
    const asked = list.mock.calls.map(([{ query }]) => query).filter((query) => /^personId:[^*]/.test(query));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain(',');
  });
});

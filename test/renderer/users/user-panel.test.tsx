// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { User } from '../../../src/contract/user.ts';
import { EngineError } from '../../../src/engine/errors.ts';
import { idOf } from '../../../src/renderer/users/use-user.ts';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

const everybody = { query: '', sort: null, limit: 500, cursor: null };

/** The page of a user that is found by what is known of it. */
async function pageOf(wanted: (user: User) => boolean, over: Partial<User> = {}) {
  const engine = fakeEngine({ sessions: 300 });
  const { rows } = await engine.users.list(everybody);
  const user = rows.find(wanted);
  if (user === undefined) throw new Error('there is no such user');
  Object.assign(user, over);
  const drawn = drawApp(engine, `?user=${encodeURIComponent(idOf(user))}&about=user#/timeline`);
  const panel = within(await screen.findByRole('complementary', { name: 'About this user' }));
  await panel.findByRole('region', { name: 'What the user is' });
  return { engine, account: user, panel, ...drawn };
}

const isJoined = ({ source, personId }: User) => source === 'chat' && personId !== null;
const isAlone = ({ source, personId }: User) => source === 'files' && personId === null;

describe('what is known of a user', () => {
  it('names the person’s other accounts and why they are one, and leads to them', async () => {
    const { panel, account, user } = await pageOf(isJoined);
    const accounts = within(panel.getByRole('region', { name: 'Accounts of this person' }));
    expect(await accounts.findAllByText(/same verified e-mail/)).toHaveLength(2);
    await user.click(accounts.getByRole('link', { name: `${account.userName ?? ''} at app` }));
    expect(new URLSearchParams(location.search).get('user')).toMatch(/^app\//);
  });

  it('joins an account that is found by name, and leaves out who is joined already', async () => {
    const { engine, panel, account, user } = await pageOf(isAlone);
    const link = vi.spyOn(engine.persons, 'link');
    await user.click(panel.getByRole('button', { name: 'Join another account…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Join another account' }));
    const join = dialog.getByRole('button', { name: 'Join' });
    const found = await dialog.findAllByRole('radio');
    expect(found.length).toBeGreaterThan(0);
    expect(found.some((radio) => radio.getAttribute('value') === idOf(account))).toBe(false);
    expect(join).toHaveProperty('disabled', true);
    await user.click(found[0] ?? join);
    await user.click(join);
    expect(link.mock.calls[0]?.[0].users[0]).toEqual({ source: account.source, userId: account.userId });
    const accounts = panel.getByRole('region', { name: 'Accounts of this person' });
    await waitFor(() => expect(accounts.textContent).toMatch(/(joined by hand, by ann via web.*){2}/));
  });

  it('splits an account off only after a question that says what changes', async () => {
    const { engine, panel, account, user } = await pageOf(isJoined);
    const unlink = vi.spyOn(engine.persons, 'unlink');
    const name = `Split off ${account.userName ?? ''} at chat`;
    await user.click(await panel.findByRole('button', { name }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Split this account off?' }));
    expect(dialog.getByText(/journeys between the two are withdrawn/)).toBeDefined();
    expect(unlink).not.toHaveBeenCalled();
    await user.click(dialog.getByRole('button', { name: 'Split it off' }));
    expect(await panel.findByText(/split off by hand.*an equal e-mail/)).toBeDefined();
    expect(panel.getByText(/None but this one/)).toBeDefined();
  });

  it('shows whose word a tag is, and saves all of them at once', async () => {
    const { engine, panel, user } = await pageOf(isAlone, {
      tags: ['service'],
      toldTags: ['administrator'],
    });
    const tag = vi.spyOn(engine.users, 'tag');
    const box = (name: RegExp) => panel.getByRole('checkbox', { name });
    expect(box(/told by files, and taken off by hand/)).toHaveProperty('checked', false);
    expect(box(/Service account \(set by hand\)/)).toHaveProperty('checked', true);
    const save = panel.getByRole('button', { name: 'Save and judge again' });
    expect(save).toHaveProperty('disabled', true);
    await user.click(box(/Administrator/));
    await user.click(box(/Service account/));
    await user.click(box(/Shared account/));
    await user.click(save);
    expect(tag.mock.calls[0]?.[0].tags).toEqual(['administrator', 'shared']);
    await waitFor(() => expect(box(/^Administrator \(told by files\)/)).toHaveProperty('checked', true));
  });

  it('says why a tag was not saved, and keeps what was chosen', async () => {
    const { engine, panel, user } = await pageOf(isAlone);
    vi.spyOn(engine.users, 'tag').mockRejectedValue(new EngineError('conflict', 'Process 7 works here.'));
    await user.click(panel.getByRole('checkbox', { name: /Shared account/ }));
    await user.click(panel.getByRole('button', { name: 'Save and judge again' }));
    expect(await panel.findByText('Process 7 works here.')).toBeDefined();
    expect(panel.getByRole('checkbox', { name: /Shared account/ })).toHaveProperty('checked', true);
  });

  it('draws hostile names as text with their hidden characters shown', async () => {
    const { panel } = await pageOf(isAlone, { userName: 'Ann\u202e<img src=x>', email: 'a\u0000@b.example' });
    expect(panel.getAllByText(/<img src=x>/).length).toBeGreaterThan(0);
    expect(document.querySelector('img[src="x"]')).toBeNull();
    expect(panel.getAllByTitle('A character that would not be seen').length).toBeGreaterThan(1);
  });

  it('closes by Escape before the user is left', async () => {
    const { user } = await pageOf(isAlone);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('complementary', { name: 'About this user' })).toBeNull());
    expect(new URLSearchParams(location.search).get('user')).toMatch(/^files\//);
  });
});

describe('the list of users', () => {
  it('shows only those asked for, and the address keeps it', async () => {
    const engine = fakeEngine({ sessions: 300 });
    const { user } = drawApp(engine, '#/timeline');
    const grid = () => within(screen.getByRole('grid', { name: 'Users' }));
    await screen.findByRole('grid', { name: 'Users' });
    await user.click(screen.getByRole('radio', { name: 'Administrators' }));
    await waitFor(() => expect(grid().getAllByRole('row')).toHaveLength(2));
    expect(new URLSearchParams(location.search).get('only')).toBe('administrator');
    await user.click(screen.getByRole('radio', { name: 'Several accounts' }));
    await waitFor(() => expect(grid().getAllByText('chat').length).toBeGreaterThan(1));
    await user.click(screen.getByRole('radio', { name: 'Shared accounts' }));
    expect(await screen.findByText(/open a user to say what it is/)).toBeDefined();
  });
});

describe('beside a finding and an incident', () => {
  it.each([
    ['findings', 'Finding details'],
    ['incidents', 'Incident details'],
  ])('in %s the user’s tags and other accounts are shown', async (list, label) => {
    const engine = fakeEngine({ sessions: 800 });
    const { rows } = await engine[list as 'findings' | 'incidents'].list({ ...everybody, sort: '-score' });
    const { rows: users } = await engine.users.list(everybody);
    const joined = new Set(users.filter(({ personId }) => personId !== null).map(idOf));
    const about = rows.find((row) => joined.has(idOf(row)));
    if (about === undefined) throw new Error('no finding of a joined user');
    const name = list === 'findings' ? 'finding' : 'incident';
    drawApp(engine, `?${name}=${about.id}#/${list}`);
    const panel = within(await screen.findByRole('complementary', { name: label }));
    expect(await panel.findByText(/^Also/)).toBeDefined();
  });
});

// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { sightingsOf } from '../../../src/renderer/evidence/sightings-of.ts';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

const everything = { query: '', sort: '-score', limit: 10, cursor: null };

const open = async () => {
  const engine = fakeEngine({ sessions: 800 });
  const drawn = drawApp(engine, '#/incidents');
  await screen.findByRole('grid', { name: 'Incidents' });
  await drawn.user.keyboard('j');
  const panel = await screen.findByRole('complementary', { name: 'Incident details' });
  await within(panel).findByRole('heading', { name: 'Findings' });
  return { engine, panel, ...drawn };
};

describe('the incidents page', () => {
  it('tells what happened, where it was seen and what can be done', async () => {
    const { panel } = await open();
    expect(within(panel).getByRole('heading', { name: 'Seen' })).toBeDefined();
    expect(within(panel).getByRole('button', { name: 'End its sessions…' })).toBeDefined();
  });

  it('shows scores to the tenth, as they are asked for', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 800 }), '#/incidents');
    const grid = await screen.findByRole('grid', { name: 'Incidents' });
    expect((await within(grid).findAllByText('91.4')).length).toBeGreaterThan(0);
    await user.keyboard('j');
    const panel = await screen.findByRole('complementary', { name: 'Incident details' });
    expect(within(panel).getByText(/score 91\.4$/)).toBeDefined();
  });

  it('takes a verdict with a reason by keyboard, and leads on to ending the sessions', async () => {
    const { user, engine } = await open();
    const decide = vi.spyOn(engine.incidents, 'decide');
    await user.keyboard('v');
    const dialog = await screen.findByRole('dialog', { name: 'Verdict on 1 incident' });
    await user.click(within(dialog).getByRole('radio', { name: 'True positive' }));
    expect(within(dialog).getByRole('button', { name: 'Decide' })).toHaveProperty('disabled', true);
    await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'She was at home.');
    await user.click(within(dialog).getByRole('button', { name: 'Decide' }));
    expect(await screen.findByRole('button', { name: 'Plan to end them…' })).toBeDefined();
    expect(decide.mock.calls[0]?.[0]).toMatchObject({
      verdict: 'true-positive',
      reason: 'She was at home.',
      duplicateOf: null,
    });
  });

  it('takes one verdict on several that were picked', async () => {
    const { user, engine } = await open();
    const decide = vi.spyOn(engine.incidents, 'decide');
    await user.keyboard('xjx');
    expect(await screen.findByText('2 selected')).toBeDefined();
    await user.keyboard('v');
    const dialog = await screen.findByRole('dialog', { name: 'Verdict on 2 incidents' });
    await user.click(within(dialog).getByRole('radio', { name: 'Benign positive' }));
    await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'A test of ours.');
    await user.click(within(dialog).getByRole('button', { name: 'Decide' }));
    await vi.waitFor(() => expect(decide.mock.calls[0]?.[0].ids).toHaveLength(2));
  });

  it('keeps notes and who works on it', async () => {
    const { user, panel, engine } = await open();
    await user.type(within(panel).getByRole('textbox', { name: 'New note' }), 'Called her.{Enter}At home.');
    await user.click(within(panel).getByRole('button', { name: 'Add the note' }));
    expect(await screen.findByText('Called her.')).toBeDefined();
    expect(screen.getByText('At home.')).toBeDefined();
    await user.type(screen.getByRole('textbox', { name: 'Assignee' }), 'Bob');
    await user.click(screen.getByRole('button', { name: 'Assign' }));
    await vi.waitFor(async () =>
      expect((await engine.incidents.list(everything)).rows[0]?.assignee).toBe('Bob'),
    );
  });

  it('keeps an unsent note by its incident while others are looked at, until it is sent or discarded', async () => {
    const { user } = await open();
    const note = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'New note' });
    await user.type(await note(), 'Called her twice.');
    await walk(user, 'j');
    expect((await note()).value).toBe('');
    await user.type(await note(), 'Of the second.');
    await walk(user, '{Escape}');
    await user.keyboard('j');
    expect((await note()).value).toBe('Called her twice.');
    await user.click(screen.getByRole('button', { name: 'Add the note' }));
    expect(await screen.findByText('Called her twice.', { selector: 'li *' })).toBeDefined();
    expect((await note()).value).toBe('');
    await walk(user, 'j');
    expect((await note()).value).toBe('Of the second.');
    await user.click(screen.getByRole('button', { name: 'Discard it' }));
    expect((await note()).value).toBe('');
    expect(document.activeElement).toBe(await note());
  });

  it('keeps a name that is not assigned yet by its incident', async () => {
    const { user, engine } = await open();
    const assignee = () => screen.findByRole<HTMLInputElement>('textbox', { name: 'Assignee' });
    await user.type(await assignee(), 'Bob');
    await walk(user, 'j');
    expect((await assignee()).value).toBe('');
    await walk(user, 'k');
    expect((await assignee()).value).toBe('Bob');
    await user.click(screen.getByRole('button', { name: 'Assign' }));
    await vi.waitFor(async () =>
      expect((await engine.incidents.list(everything)).rows[0]?.assignee).toBe('Bob'),
    );
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Assign' })).toHaveProperty('disabled', true),
    );
    expect((await assignee()).value).toBe('Bob');
  });
});

/** Esc leaves the field, and not the incident. */
async function walk(user: UserEvent, key: string) {
  if (document.activeElement?.matches('textarea, input') === true) await user.keyboard('{Escape}');
  expect(screen.getByRole('complementary', { name: 'Incident details' })).toBeDefined();
  await user.keyboard(key);
}

describe('what was seen in an incident', () => {
  it('is every sighting that the evidence names, once and in time, whatever else is in there', () => {
    const end = (sighting: string, at: string) => ({ sighting, at, ip: '203.0.113.7', source: 'chat' });
    const found = sightingsOf([
      {
        evidence: {
          to: end('b', '2026-11-20T12:00:00Z'),
          from: end('a', '2026-11-20T11:00:00Z'),
          gapHours: 1,
        },
      },
      {
        evidence: {
          list: [end('b', '2026-11-20T12:00:00Z'), null, 'x'],
          deep: { a: { b: { c: { d: { e: 1 } } } } },
        },
      },
    ]);
    expect(found.map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

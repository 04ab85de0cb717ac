// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

describe('a panel beside a list', () => {
  it('gives the focus back to the list when it is closed from within, also after others were opened', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 800 }), '#/findings');
    const table = (await screen.findByRole('grid', { name: 'Findings' })).parentElement;
    table?.focus();
    await user.keyboard('jj');
    const panel = await screen.findByRole('complementary', { name: 'Finding details' });
    within(panel).getByRole('button', { name: 'Close the finding' }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('complementary')).toBeNull());
    expect(document.activeElement).toBe(table);
  });

  it.each([
    ['incident', '?incident=i999#/incidents'],
    ['finding', '?finding=gone#/findings'],
    ['session', '?session=gone#/sessions'],
  ])('says what may have become of a %s that is not there, and offers no second try', async (_, address) => {
    drawApp(fakeEngine({ sessions: 50 }), address);
    const panel = within(await screen.findByRole('complementary'));
    expect(await panel.findByText('It is not there')).toBeDefined();
    expect(panel.queryByRole('button', { name: 'Try again' })).toBeNull();
  });
});

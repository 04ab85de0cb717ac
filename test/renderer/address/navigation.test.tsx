// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

describe('going from page to page', () => {
  it('goes back to the page and to what was open on it, in one step', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 800 }), '?finding=f-travel-0#/findings');
    await user.click(await screen.findByRole('button', { name: 'Timeline' }));
    expect(await screen.findByRole('group', { name: 'Timeline' })).toBeDefined();
    const returned = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
    // Chromium sends no hashchange when the search changes with the fragment.
    addEventListener('hashchange', (event) => event.stopImmediatePropagation(), {
      capture: true,
      once: true,
    });
    history.back();
    await returned;
    expect(await screen.findByRole('complementary', { name: 'Finding details' })).toBeDefined();
    expect(screen.queryByLabelText('Find a user')).toBeNull();
  });

  it('leads from an unknown page to the overview', async () => {
    drawApp(fakeEngine({ sessions: 5 }), '#/nowhere');
    expect(await screen.findByText('Latest findings')).toBeDefined();
    expect(location.hash).toBe('#/');
  });
});

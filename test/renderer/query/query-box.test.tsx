// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

const box = () => screen.findByRole('combobox', { name: 'Query' });

describe('the query box', () => {
  it('applies a query with Enter, to the address and the list', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 300 }), '#/sessions');
    await user.type(await box(), 'source:chat state:active');
    expect(location.search).toBe('');
    await user.keyboard('{Enter}');
    expect(new URLSearchParams(location.search).get('q')).toBe('source:chat state:active');
    await waitFor(() => expect(screen.getByText(/^\d+ sessions$/).textContent).not.toBe('300 sessions'));
  });

  it('keeps the query when the page changes', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 100 }), '?q=country:DE#/sessions');
    await box();
    await user.click(screen.getByRole('link', { name: 'Findings' }));
    expect(location.hash).toBe('#/findings');
    expect(await box()).toHaveProperty('value', 'country:DE');
  });

  it('says what is wrong and marks where', async () => {
    drawApp(fakeEngine({ sessions: 20 }), '?q=user:ana%20cuntry:BR#/sessions');
    expect(await screen.findByText(/There is no field "cuntry"/)).toBeDefined();
    const mark = document.querySelector('code mark');
    expect(mark?.textContent).toBe('c');
    expect(mark?.previousSibling?.textContent).toBe('user:ana ');
  });

  it('is reached with / and completes fields', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 20 }), '#/sessions');
    const input = await box();
    await user.keyboard('/');
    expect(document.activeElement).toBe(input);
    await user.keyboard('countr');
    await user.click(await screen.findByText('ISO country code'));
    expect(input).toHaveProperty('value', 'country:');
  });
});

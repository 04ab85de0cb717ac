// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

describe('the overview', () => {
  it('has all its figures from one call, each leading to the rows it counts', async () => {
    const engine = {
      ...fakeEngine({ sessions: 40 }),
      overview: vi.fn(async () => ({
        sessions: { active: 700_123, expired: 5, ended: 4, revoked: 3, unknown: 2 },
        openIncidents: { critical: 12, high: 1, medium: 11, withoutAlert: 1_234 },
      })),
    };
    const count = vi.spyOn(engine, 'count');
    drawApp(engine, '?q=country:DE#/');
    const states = await screen.findByRole('region', { name: 'Sessions by state' });
    const active = await within(states).findByRole('link', { name: /700,123.*active/ });
    expect(new URLSearchParams(active.getAttribute('href')?.split('#')[0]).get('q')).toBe(
      'country:DE state:active',
    );
    expect(screen.getByRole('link', { name: /12.*critical incidents/ })).toBeDefined();
    expect(screen.getByRole('link', { name: /1.*high incident$/ })).toBeDefined();
    const quiet = screen.getByRole('link', { name: /1,234.*incidents without alert/ });
    expect(new URLSearchParams(quiet.getAttribute('href')?.split('#')[0]).get('q')).toBe(
      'state:open alerting:false',
    );
    expect(engine.overview.mock.calls).toEqual([['country:DE']]);
    // The number beside the query is the only other one that is asked for.
    expect(count.mock.calls).toEqual([['sessions', 'country:DE']]);
  });

  it('shows no figure of another query while the one asked for is on its way', async () => {
    const engine = fakeEngine({ sessions: 40 });
    const overview = vi.spyOn(engine, 'overview');
    const { user } = drawApp(engine, '#/');
    const states = await screen.findByRole('region', { name: 'Sessions by state' });
    await within(states).findByRole('link', { name: /\d.*active/ });
    overview.mockImplementation(() => new Promise(() => undefined));
    await user.type(await screen.findByRole('combobox', { name: 'Query' }), 'country:DE{Enter}');
    expect(await within(states).findByRole('link', { name: /….*active/ })).toBeDefined();
    const findings = screen.getByRole('region', { name: 'Open incidents' });
    expect(within(findings).queryByText('…')).toBeNull();
  });
});

// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { MapPlace } from '../../../src/contract/map.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { createQueryClient } from '../../../src/renderer/data/query-client.ts';
import { EngineLinkContext } from '../../../src/renderer/engine-client.ts';
import { PlacePanel } from '../../../src/renderer/map/place-panel.tsx';
import { furnishWindow } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';
import { fakeLink } from '../support/fake-link.ts';

const berlin: MapPlace = {
  lat: 52.52,
  lon: 13.405,
  country: 'DE',
  region: 'Berlin',
  city: 'Berlin',
  accuracyKm: 20,
  sessions: 7,
  flagged: 0,
  worst: null,
};

function drawPanel(engine: Engine, query: string): void {
  furnishWindow();
  render(
    <MantineProvider>
      <EngineLinkContext value={fakeLink(engine)}>
        <QueryClientProvider client={createQueryClient()}>
          <PlacePanel place={berlin} query={query} onClose={() => undefined} />
        </QueryClientProvider>
      </EngineLinkContext>
    </MantineProvider>,
  );
}

it('counts the users of a place by its sessions where all of them are here', async () => {
  const engine = fakeEngine({ sessions: 60 });
  const count = vi.spyOn(engine, 'count');
  drawPanel(engine, '');
  expect(await screen.findByText(/^\d+ sessions of \d+ users?, within 20 km$/)).toBeDefined();
  expect(count).not.toHaveBeenCalled();
});

it('asks how many users there are at most where there are more sessions than it shows', async () => {
  const engine = fakeEngine({ sessions: 3_000 });
  const count = vi.spyOn(engine, 'count').mockImplementation(async (list) => (list === 'users' ? 12 : 480));
  drawPanel(engine, 'state:active');
  expect(await screen.findByText('480 sessions of at most 12 users, within 20 km')).toBeDefined();
  expect(screen.getByText('and 380 more in Sessions')).toBeDefined();
  expect(count.mock.calls).toContainEqual(['users', 'state:active country:DE city:Berlin']);
});

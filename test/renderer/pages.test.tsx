// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchWhenIdle } from '../../src/renderer/late-page.ts';
import { drawApp } from './support/draw.tsx';
import { fakeEngine } from './support/fake-engine.ts';

vi.mock('../../src/renderer/map/map-page.tsx', () => {
  throw new Error('Unable to preload CSS for /assets/map-page.css');
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a page whose code does not come', () => {
  it('says so, and takes no other page along', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { user } = drawApp(fakeEngine({ sessions: 50 }), '#/map');
    expect(await screen.findByText('This page could not be fetched')).toBeDefined();
    expect(screen.queryByText(/preload CSS/)).toBeNull();
    await user.click(screen.getByRole('link', { name: 'Findings' }));
    expect(await screen.findByRole('grid', { name: 'Findings' })).toBeDefined();
    expect(screen.queryByText('This page could not be fetched')).toBeNull();
  });
});

describe('code that is fetched before it is asked for', () => {
  it('comes once the page is idle, and one that fails harms nobody', async () => {
    const idle: (() => void)[] = [];
    const cancel = vi.fn();
    vi.stubGlobal('requestIdleCallback', (callback: () => void) => idle.push(callback));
    vi.stubGlobal('cancelIdleCallback', cancel);
    const failing = vi.fn(async () => Promise.reject(new Error('no answer')));
    const coming = vi.fn(async () => () => null);
    const stop = fetchWhenIdle([failing, coming]);
    expect(coming).not.toHaveBeenCalled();
    for (const callback of idle) callback();
    expect(failing).toHaveBeenCalledOnce();
    expect(coming).toHaveBeenCalledOnce();
    stop();
    expect(cancel).toHaveBeenCalledWith(1);
  });
});

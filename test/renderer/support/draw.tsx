import { cleanup, configure, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach } from 'vitest';
import { App } from '../../../src/renderer/app.tsx';
import type { Engine } from '../../../src/engine/engine.ts';
import { fakeLink } from './fake-link.ts';

// A second is enough on an idle machine; a busy one must not fail a test.
configure({ asyncUtilTimeout: 15_000 });

// React finishes scheduled work in a later task: it must find the page unmounted and the window still there.
afterEach(async () => {
  cleanup();
  await new Promise((resolve) => setImmediate(resolve));
});

/** Draws the whole page on an engine, at an address such as `?q=user:ana#/sessions`. */
export function drawApp(engine: Engine, address: string, state?: Parameters<typeof fakeLink>[1]) {
  furnishWindow();
  history.replaceState(null, '', `/${address}`);
  const user = userEvent.setup();
  return { user, ...render(<App link={fakeLink(engine, state)} nonce="" />) };
}

/** What a browser has and jsdom lacks; sizes, so that virtual tables have room to draw rows in. */
export function furnishWindow(): void {
  const nothing = () => undefined;
  Object.defineProperty(window, 'matchMedia', {
    configurable: true,
    value: () => ({ matches: false, addEventListener: nothing, removeEventListener: nothing }),
  });
  window.ResizeObserver = class {
    observe = nothing;
    unobserve = nothing;
    disconnect = nothing;
  };
  Element.prototype.scrollIntoView = nothing;
  Element.prototype.scrollTo = nothing;
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 600 });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 1200 });
  Object.defineProperty(document, 'fonts', {
    configurable: true,
    value: { addEventListener: nothing, removeEventListener: nothing },
  });
}

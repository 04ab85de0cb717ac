import { createTRPCClient } from '@trpc/client';
import { PORT_MESSAGE, type DesktopBridge } from '../contract/desktop-bridge.ts';
import type { AppRouter } from '../engine/router.ts';
import type { EngineLink } from './engine-link.ts';
import { linkStates } from './link-state.ts';
import { portClient } from './port-client.ts';
import { portOfEventTarget } from './port.ts';

/** The part of a window that ports arrive at. */
type PortTarget = Pick<Window, 'addEventListener' | 'removeEventListener'>;

/**
 * Talks to the engine process over a port that the shell hands to this window. When the engine goes away the
 * port closes, and a new one is asked for; the shell answers when the engine runs again.
 */
export function desktopLink(bridge: Pick<DesktopBridge, 'requestPort'>, page: PortTarget): EngineLink {
  const { set, ...states } = linkStates();
  const requestPort = () => {
    set('connecting');
    bridge.requestPort().catch(() => close());
  };
  const ports = portClient(requestPort);

  const onMessage = (event: MessageEvent) => {
    const port = event.ports[0];
    // Only our own preload script posts here: frames and other windows have another source.
    if (event.source !== page || event.data !== PORT_MESSAGE || port === undefined) return;
    ports.use(portOfEventTarget(port));
    set('open');
  };
  const close = () => {
    page.removeEventListener('message', onMessage);
    ports.close();
    set('lost');
  };

  page.addEventListener('message', onMessage);
  requestPort();
  return { ...states, client: createTRPCClient<AppRouter>({ links: [ports.link] }), close };
}

import type { DesktopBridge } from '../contract/desktop-bridge.ts';
import { BRIDGE_NAME } from '../contract/desktop-bridge.ts';
import { desktopLink } from './desktop-client.ts';
import type { EngineLink } from './engine-link.ts';
import { webLink } from './web-client.ts';
import { webSession } from './web-session.ts';

export type { EngineClient, EngineLink } from './engine-link.ts';

/** Connects this page to its engine: over the shell's port in the desktop app, over a WebSocket in a browser. */
export function connectToEngine(page: Window): EngineLink {
  const bridge = desktopBridge(page);
  if (bridge !== null) return desktopLink(bridge, page);
  const { protocol, host } = page.location;
  const url = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/trpc`;
  return webLink({ url, isAdmitted: webSession(page) });
}

/** The desktop shell's verbs, or null in a browser. */
export function desktopBridge(page: Window): DesktopBridge | null {
  // Set by our own preload script, before any script of the page runs.
  return (Reflect.get(page, BRIDGE_NAME) as DesktopBridge | undefined) ?? null;
}

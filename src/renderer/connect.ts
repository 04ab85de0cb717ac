import { connectToEngine, type EngineLink } from '../link/client.ts';

/**
 * The one place where the page meets its host. In a browser the link trades the token of the address for a cookie
 * and takes it out of the address before anything else can read it; in the desktop app a port arrives.
 */
export function connect(): EngineLink {
  return connectToEngine(window);
}

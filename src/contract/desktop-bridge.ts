/**
 * What the desktop shell offers its page beside the engine's port: a few verbs, all of which end in the main
 * process, where the sender is checked. In a browser there is none.
 */
export type DesktopBridge = {
  /** Asks for a port to the engine; it arrives as a `PORT_MESSAGE` of the window. Rejects when there is no engine. */
  requestPort(): Promise<void>;
  /** Lets the person choose a GeoIP database; answers its absolute path, or null when they chose none. */
  chooseGeoipFile(): Promise<string | null>;
  /** Lets the person choose where a report goes; answers an absolute path, or null when they chose none. */
  chooseReportPath(suggestedName: string): Promise<string | null>;
  /** Shows a written report in the system's file manager. */
  showReport(path: string): Promise<void>;
};

/** Name of the bridge on the page's `window`. */
export const BRIDGE_NAME = 'sessionscope';

/** `data` of the window message that carries a new port. */
export const PORT_MESSAGE = 'sessionscope:port';

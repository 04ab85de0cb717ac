/**
 * What the desktop shell offers its page beside the engine's port: a few verbs, all of which end in the main
 * process, where the sender is checked. In a browser there is none.
 */
export type DesktopBridge = {
  /** Asks for a port to the engine; it arrives as a `PORT_MESSAGE` of the window. Rejects when there is no engine. */
  requestPort(): Promise<void>;
  /** Lets the person choose a GeoIP database; answers its absolute path, or null when they chose none. */
  chooseGeoipFile(): Promise<string | null>;
  /** Lets the person choose a login history; answers its absolute path, or null when they chose none. */
  chooseHistoryFile(): Promise<string | null>;
  /** Lets the person choose a list of networks; answers its absolute path, or null when they chose none. */
  chooseListFile(): Promise<string | null>;
  /** Lets the person choose where a file goes; answers an absolute path, or null when they chose none. */
  chooseFilePath(suggestedName: string): Promise<string | null>;
  /** Shows a written file in the system's file manager. */
  showFile(path: string): Promise<void>;
};

/** Name of the bridge on the page's `window`. */
export const BRIDGE_NAME = 'sessionscope';

/** `data` of the window message that carries a new port. */
export const PORT_MESSAGE = 'sessionscope:port';

import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { APP_URL } from './app-path.ts';

export type WindowOptions = {
  readonly preload: string;
  readonly isDark: boolean;
  /** Developer tools are for unpackaged builds. */
  readonly devTools: boolean;
};

/** What the window is made with. Isolation and sandbox are Electron's defaults; they are said here to be read back. */
export function windowOptions({ preload, isDark, devTools }: WindowOptions): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 500,
    title: 'Sessionscope',
    // Shown when it has something to show, on the page's own background, so that nothing flashes.
    show: false,
    backgroundColor: isDark ? '#1a1b1e' : '#ffffff',
    webPreferences: {
      preload,
      devTools,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  };
}

/** Loads the page and shows the window when it is drawn. */
export function openWindow(
  window: Pick<BrowserWindow, 'once' | 'show' | 'loadURL'>,
  onShown: () => void,
): void {
  window.once('ready-to-show', () => {
    window.show();
    onShown();
  });
  // A page that can't be loaded shows Electron's own error; there is nothing else to fall back to.
  void window.loadURL(APP_URL).catch(() => undefined);
}

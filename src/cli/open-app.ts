import open, { apps } from 'open';
import { say } from './output.ts';

/** Opens the page as a window of its own where a Chromium is installed, else in the default browser, else says so. */
export async function openApp(address: string): Promise<void> {
  const hasDisplay =
    process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  if (!hasDisplay) {
    say('There is no display here: open the address above in a browser on this machine.');
    return;
  }
  const asWindow = {
    name: ['chromium', ...[apps.chrome, apps.edge].flat()],
    arguments: [`--app=${address}`],
  };
  for (const app of [asWindow, undefined]) {
    try {
      const child = await open(address, app === undefined ? {} : { app });
      child.unref();
      return;
    } catch {
      // The next way of opening it is tried; the address is on the screen in any case.
    }
  }
  say('No browser could be opened: open the address above yourself.');
}

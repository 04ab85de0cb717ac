import type { Session, WebContents } from 'electron';
import { isOwnAddress } from './app-path.ts';

/** Sites that our own pages link to, for attribution; nothing else is handed to the system's browser. */
const EXTERNAL_ORIGINS: ReadonlySet<string> = new Set([
  'https://db-ip.com',
  'https://www.naturalearthdata.com',
  'https://www.routeviews.org',
  'https://leafletjs.com',
]);

/** Keeps every web contents on our own page: no navigation away, no windows, no webviews. */
export function hardenContents(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  openExternal: (address: string) => void,
): void {
  contents.on('will-navigate', (event) => keepHome(event, event.url));
  contents.on('will-frame-navigate', (event) => keepHome(event, event.url));
  contents.on('will-redirect', (event) => keepHome(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isExternalAddress(url)) openExternal(url);
    return { action: 'deny' };
  });
}

/** Refuses what Electron grants by default: camera, location, notifications, devices. Copying text stays possible. */
export function denyPermissions(
  session: Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => {
    answer(isGranted(permission, requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, origin));
  session.setDevicePermissionHandler(() => false);
}

/** Whether an address may be opened in the system's browser: parsed, https, and one of ours. */
function isExternalAddress(address: string): boolean {
  return URL.canParse(address) && EXTERNAL_ORIGINS.has(new URL(address).origin);
}

function keepHome(event: { preventDefault(): void }, address: string): void {
  if (!isOwnAddress(address)) event.preventDefault();
}

function isGranted(permission: string, address: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOwnAddress(address);
}

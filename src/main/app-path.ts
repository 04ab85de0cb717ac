import { isAbsolute, join, normalize, relative } from 'node:path';

/** Address of the page in the desktop app. */
export const APP_URL = 'app://sessionscope/';

/** What an address of the app's scheme means: the document, a file of the built page, or nothing. */
export type AppPath = { readonly kind: 'page' } | { readonly kind: 'file'; readonly path: string } | null;

/**
 * Resolves an `app://` address below `rendererDir`. Decode, then normalise, then check that the result is still
 * inside: in any other order `%2e%2e%2f` gets out.
 */
export function resolveAppPath(address: string, rendererDir: string): AppPath {
  if (!isOwnAddress(address)) return null;
  const path = decode(new URL(address).pathname);
  if (path === null || path.includes('\0') || path.includes('\\')) return null;
  const file = normalize(join(rendererDir, path));
  const inside = relative(rendererDir, file);
  if (inside.startsWith('..') || isAbsolute(inside)) return null;
  // The app's own addresses are in the fragment. The document is served with its nonce, and never as a file.
  if (inside === '' || inside === 'index.html') return { kind: 'page' };
  return { kind: 'file', path: file };
}

/** Whether an address belongs to our own page: compared part by part, because Node knows no origin of own schemes. */
export function isOwnAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === 'app:' && host === 'sessionscope' && username === '' && password === '';
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

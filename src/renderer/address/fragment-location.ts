import { useLocationProperty } from 'wouter/use-browser-location';

/** Goes to `path?search`: the path into the fragment, so that any host that serves `/` serves every page. */
export function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  const [path = '/', search = ''] = to.split('?');
  const address = `${location.pathname}${search === '' ? '' : `?${search}`}#${path}`;
  // wouter tells its hooks of both.
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
}

/**
 * The page of the address, for wouter's router. wouter's own hook for fragments listens to `hashchange` alone, which
 * Chromium leaves out when the back button changes search and fragment at once.
 */
export function useFragmentLocation(): [string, typeof navigate] {
  return [useLocationProperty(currentPath, () => '/'), navigate];
}

function currentPath(): string {
  return `/${location.hash.replace(/^#?\/?/, '')}`;
}

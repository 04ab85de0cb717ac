import { lazy, type ComponentType } from 'react';

type Load = () => Promise<ComponentType>;

/**
 * The code of a page did not come. A second try would get it without its styles, because the bundler asks for each of them
 * once: only the whole page loaded anew brings it.
 */
export class PageNotFetched extends Error {
  override readonly name = 'PageNotFetched';
}

/** A page whose code comes when it is asked for. */
export function latePage(load: Load): ComponentType {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch (cause) {
      throw new PageNotFetched('The code of the page did not come.', { cause });
    }
  });
}

/** Fetches code before it is asked for: after that, an engine that went away takes no page along. Returns what stops it. */
export function fetchWhenIdle(loads: readonly Load[]): () => void {
  // Safari, and the windows of tests, have no idle time to offer: there pages come when they are asked for.
  if (!('requestIdleCallback' in window)) return () => undefined;
  const id = requestIdleCallback(() => void Promise.allSettled(loads.map((load) => load())));
  return () => cancelIdleCallback(id);
}

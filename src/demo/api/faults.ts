import type { LoggedRequest } from './request-log.ts';

/** What can be wrong with an answer. `moved` and `partial` exist only where listings come in pages. */
export type FaultName =
  /** 401 in the kind's own words. */
  | 'unauthorized'
  /** 403 in the kind's own words. */
  | 'forbidden'
  /** 429 in the kind's own dialect. */
  | 'rate-limited'
  /** 500 in the kind's own words. */
  | 'server-error'
  /** No answer ever; the connection stays open until the API is closed. */
  | 'hang'
  /** A whole answer whose JSON ends in the middle. */
  | 'truncated'
  /** The connection breaks in the middle of the body. */
  | 'cut'
  /** A sign-in page with status 200. */
  | 'html'
  /** 302 to another origin. */
  | 'redirect'
  /** Somebody signs in right after the page was read, so that the rows behind it shift. */
  | 'moved'
  /** The page lacks the second half of its rows; totals stay. */
  | 'partial';

export type FaultOptions = {
  /** Requests to let through before the fault starts, default 0. */
  readonly skip?: number;
  /** How many requests it hits, default all until `clear()`. */
  readonly times?: number;
  /** Only requests this accepts are counted and hit; default all. */
  readonly on?: (request: LoggedRequest) => boolean;
  /** Where `redirect` points; default a port nobody listens on. */
  readonly redirectTo?: string;
};

export type ActiveFault = { readonly name: FaultName; readonly redirectTo: string };

/** The control a test holds. A newer fault goes before an older one. */
export type Faults = {
  inject(name: FaultName, options?: FaultOptions): void;
  clear(): void;
};

/** The half the server holds: which fault, if any, hits this request. */
export type FaultSwitch = Faults & { take(request: LoggedRequest): ActiveFault | null };

const NOWHERE = 'http://127.0.0.1:9/';

type Planned = FaultOptions & { readonly name: FaultName; toSkip: number; left: number };

/** Faults of one API. `paged` says whether its listings come in pages. */
export function createFaults(paged: boolean): FaultSwitch {
  const planned: Planned[] = [];
  return {
    inject(name, options = {}) {
      if (!paged && (name === 'moved' || name === 'partial')) {
        throw new Error(`This kind lists everything in one answer: "${name}" can't happen to it.`);
      }
      planned.unshift({ ...options, name, toSkip: options.skip ?? 0, left: options.times ?? Infinity });
    },
    clear() {
      planned.length = 0;
    },
    take(request) {
      for (const fault of planned) {
        if (fault.left === 0 || fault.on?.(request) === false) continue;
        if (fault.toSkip > 0) {
          fault.toSkip -= 1;
          continue;
        }
        fault.left -= 1;
        return { name: fault.name, redirectTo: fault.redirectTo ?? NOWHERE };
      }
      return null;
    },
  };
}

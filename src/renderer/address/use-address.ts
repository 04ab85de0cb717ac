import { useCallback } from 'react';
import { useSearch } from 'wouter';
import { navigate, useFragmentLocation } from './fragment-location.ts';

/** What the address holds besides the page: the shared query, and what the page has open. */
export type AddressParams = {
  /** Text in the query language; shared by all pages. */
  q?: string | undefined;
  /** Key of the session whose details are open. */
  session?: string | undefined;
  /** Id of the finding whose details are open, or that the timeline begins at. */
  finding?: string | undefined;
  /** Id of the incident whose details are open. */
  incident?: string | undefined;
  /** `source/userId` of the user on the timeline. */
  user?: string | undefined;
  /** Present when what is known of that user is open beside the timeline. */
  about?: string | undefined;
  /** `all` when the timeline is of all accounts of the user’s person. */
  accounts?: string | undefined;
  /** Which users the list of users shows. */
  only?: string | undefined;
  /** Id of the revocation that is open. */
  revocation?: string | undefined;
};

export type Address = {
  /** The page, such as `/sessions`. */
  readonly path: string;
  readonly params: AddressParams;
  /** Goes to a page; the query comes along unless another is given, everything else starts empty. */
  readonly go: (path: string, params?: AddressParams) => void;
  /** Changes what is open on this page; `replace` leaves no step behind for the back button. */
  readonly update: (params: AddressParams, replace?: boolean) => void;
  /** The address of `go(path, params)`, for links. */
  readonly href: (path: string, params?: AddressParams) => string;
};

const NAMES = [
  'q',
  'session',
  'finding',
  'incident',
  'user',
  'about',
  'accounts',
  'only',
  'revocation',
] as const;

/** Where the page is, what it has open, and how to get elsewhere. */
export function useAddress(): Address {
  const [path] = useFragmentLocation();
  const search = useSearch();
  const params = readParams(search);
  const query = params.q;

  const searchFor = useCallback((given: AddressParams) => writeParams({ q: query, ...given }), [query]);
  const go = useCallback(
    (to: string, given: AddressParams = {}) => navigate(`${to}?${searchFor(given)}`),
    [searchFor],
  );
  const update = useCallback(
    (given: AddressParams, replace = false) => {
      const text = writeParams({ ...readParams(search), ...given });
      navigate(`${path}?${text}`, { replace });
    },
    [path, search],
  );
  const href = useCallback(
    (to: string, given: AddressParams = {}) => `?${searchFor(given)}#${to}`,
    [searchFor],
  );
  return { path, params, go, update, href };
}

export function readParams(search: string): AddressParams {
  const read = new URLSearchParams(search);
  const params: AddressParams = {};
  for (const name of NAMES) {
    const value = read.get(name);
    if (value !== null && value !== '') params[name] = value;
  }
  return params;
}

export function writeParams(params: AddressParams): string {
  const write = new URLSearchParams();
  for (const name of NAMES) {
    const value = params[name];
    if (value !== undefined && value !== '') write.set(name, value);
  }
  return write.toString();
}

import type { NetworkKind } from '../../contract/place.ts';
import type { Sighting } from './facts.ts';

/** An entry of an analyst's list that an address or its network falls under. */
export type ListMatch = {
  /** Name of the list. */
  readonly list: string;
  /** A network kind the list states, or `listed`: an address to be told of whenever it is seen. */
  readonly tag: NetworkKind | 'listed';
  /** The entry as it was written: a CIDR, an address or `AS64500`. */
  readonly entry: string;
};

/** The analyst's own lists, as they were in force at the moment of a sighting. */
export type NetworkLists = { of(sighting: Sighting): readonly ListMatch[] };

const NOTHING: readonly ListMatch[] = [];
export const noLists: NetworkLists = { of: () => NOTHING };

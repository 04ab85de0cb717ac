import type { Network } from '../whereabouts.ts';
import type { Sighting } from './facts.ts';
import type { NetworkLists } from './network-lists.ts';
import { remembered } from './remembered.ts';

const UNKNOWN: Network = { asn: null, org: null, kinds: [] };

/**
 * The network of a sighting with the kinds that lists add to those of its record. One object for a record and what is added to
 * it, and the record itself where nothing is, so that what is worked out of networks is found again.
 */
export function listedNetworks(lists: NetworkLists): (sighting: Sighting) => Network | null {
  const widened = remembered((_record: Network) => new Map<string, Network>());
  return (sighting) => {
    const matches = lists.of(sighting);
    if (matches.length === 0) return sighting.network;
    const added = matches.flatMap(({ tag }) => (tag === 'listed' ? [] : [tag]));
    if (added.length === 0) return sighting.network;
    const record = sighting.network ?? UNKNOWN;
    const kinds = [...new Set([...record.kinds, ...added])].sort();
    const known = widened(record);
    const network = known.get(kinds.join()) ?? { ...record, kinds };
    known.set(kinds.join(), network);
    return network;
  };
}

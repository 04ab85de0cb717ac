import type { ListTag } from '../../contract/list-tags.ts';
import type { Tone } from './tone.ts';

/** Kinds behind which the person is somewhere else than the address stand out, and what the analyst wants to be told of. */
export const toneOfNetwork: Readonly<Record<ListTag, Tone>> = {
  fixed: 'info',
  cellular: 'info',
  corporate: 'low',
  hosting: 'medium',
  vpn: 'medium',
  proxy: 'medium',
  'residential-proxy': 'high',
  tor: 'high',
  relay: 'low',
  satellite: 'low',
  listed: 'critical',
};

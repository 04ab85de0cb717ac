import type { IpClass } from '../../contract/place.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './where.module.css';

type Address = { ip: string | null; ipClass: IpClass | null };

/** An address; what is not public says so, because it has no place. */
export function AddressText({ address: { ip, ipClass } }: { address: Address }) {
  return (
    <span className={classes.address}>
      <UntrustedText text={ip} mono maxLength={64} />
      {ipClass !== null && ipClass !== 'public' && <ToneBadge tone="info">{ipClass}</ToneBadge>}
    </span>
  );
}

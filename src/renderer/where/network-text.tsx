import type { NetworkKind } from '../../contract/place.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneOfNetwork } from '../badge/tone-of-network.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './where.module.css';

type Network = { asn: number | null; org: string | null; networkKinds: readonly NetworkKind[] };

/** Whose network it is, and what kind where that is known. */
export function NetworkText({ network: { asn, org, networkKinds } }: { network: Network }) {
  const name = org ?? (asn === null ? null : `AS${asn}`);
  return (
    <span className={classes.line} title={asn === null ? undefined : `AS${asn}`}>
      {(name !== null || networkKinds.length === 0) && <UntrustedText text={name} />}
      {networkKinds.map((kind) => (
        <ToneBadge key={kind} tone={toneOfNetwork[kind]}>
          {kind}
        </ToneBadge>
      ))}
    </span>
  );
}

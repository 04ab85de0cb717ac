import type { NetworkKind } from '../../contract/place.ts';
import { BadgeRow } from '../badge/badge-row.tsx';
import { toneOfNetwork } from '../badge/tone-of-network.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './where.module.css';

type Network = { asn: number | null; org: string | null; networkKinds: readonly NetworkKind[] };

type Props = {
  network: Network;
  /** For a column: only the first kind is written out. */
  isShort?: boolean;
};

/** Whose network it is, and what kind where that is known. */
export function NetworkText({ network: { asn, org, networkKinds }, isShort = false }: Props) {
  const name = org ?? (asn === null ? null : `AS${asn}`);
  return (
    <span className={classes.line} title={asn === null ? undefined : `AS${asn}`}>
      {(name !== null || networkKinds.length === 0) && <UntrustedText text={name} />}
      {networkKinds.length > 0 && (
        <BadgeRow
          badges={networkKinds.map((kind) => ({ text: kind, tone: toneOfNetwork[kind] }))}
          {...(isShort && { room: 0 })}
        />
      )}
    </span>
  );
}

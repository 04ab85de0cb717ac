import { useQuery } from '@tanstack/react-query';
import type { Session } from '../../contract/session.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneOfNetwork } from '../badge/tone-of-network.ts';
import { useEngine } from '../engine-client.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';

/** Which of the analyst's lists the session's address, or its network, was on when it was last seen. */
export function SessionLists({ session }: { session: Session }) {
  const engine = useEngine();
  const { ip, asn, lastSeenAt, lastObservedAt } = session;
  const at = lastSeenAt ?? lastObservedAt;
  const { data } = useQuery({
    queryKey: ['lists', 'check', ip, asn, at],
    queryFn: ({ signal }) => engine.lists.check.query({ address: ip ?? '', asn, at }, { signal }),
    enabled: ip !== null,
  });
  if (data === undefined) return <UntrustedText text={null} />;
  const matches = data.matches.filter(({ inForce }) => inForce);
  if (matches.length === 0) return 'none';
  return matches.map(({ list, tag, entry }) => (
    <div key={`${list} ${entry}`}>
      <ToneBadge tone={toneOfNetwork[tag]}>{tag}</ToneBadge> <UntrustedText text={list} wrap /> ({entry})
    </div>
  ));
}

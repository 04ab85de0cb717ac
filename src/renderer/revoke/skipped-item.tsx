import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RevocationItem } from '../../contract/revocation.ts';
import { useEngine } from '../engine-client.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './revoke.module.css';

/** One session that is left alone. Only one that is, or may be, the operator's own can be included by hand. */
export function SkippedItem({ item, onInclude }: { item: RevocationItem; onInclude: () => void }) {
  const engine = useEngine();
  const { data: session } = useQuery({
    queryKey: ['sessions', 'get', item.session],
    queryFn: ({ signal }) => engine.sessions.get.query({ key: item.session }, { signal }),
  });
  const isPerhapsOwn =
    session !== undefined && session.current !== false && session.revocable && session.state === 'active';
  return (
    <li>
      <span className={classes.skippedUser}>
        <UntrustedText text={item.userName ?? item.userId} />
      </span>
      <UntrustedText text={item.source} />
      <span className={classes.skippedWhy}>
        <UntrustedText text={item.why} wrap />
      </span>
      {isPerhapsOwn && (
        <Button size="compact-xs" variant="default" onClick={onInclude}>
          Include it
        </Button>
      )}
    </li>
  );
}

import { Text } from '@mantine/core';
import type { Source } from '../../contract/source.ts';
import { PageLink } from '../address/page-link.tsx';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneOfHealth } from '../badge/tone.ts';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './overview.module.css';

const ORDER = { failing: 0, new: 1, healthy: 2 } as const;

/** The failing ones first, with the sentence that says why. */
export function SourceHealthList({ sources }: { sources: readonly Source[] }) {
  const sorted = [...sources].sort((a, b) => ORDER[a.health] - ORDER[b.health] || a.id.localeCompare(b.id));
  return (
    <ul className={classes.health}>
      {sorted.map((source) => (
        <li key={source.id}>
          <PageLink to="/sources" size="sm" c="inherit">
            {source.id}
          </PageLink>
          <ToneBadge tone={toneOfHealth[source.health]} dot>
            {source.health}
          </ToneBadge>
          <Text
            c="dimmed"
            size="xs"
            component="div"
            className={source.problem === null ? undefined : classes.problem}
          >
            {source.problem === null ? (
              <>
                complete <InstantText at={source.lastCompleteAt} form="relative" />
              </>
            ) : (
              <UntrustedText text={source.problem.message} wrap />
            )}
          </Text>
        </li>
      ))}
    </ul>
  );
}

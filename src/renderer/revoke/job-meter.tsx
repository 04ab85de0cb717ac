import { Group, Text } from '@mantine/core';
import type { RevocationItemState, RevocationSummary } from '../../contract/revocation.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneColor, toneOfItem, toneOfJob } from '../badge/tone.ts';
import classes from './revoke.module.css';

/** From proven to untouched: the order of the bar and of the words under it. */
const ORDER = [
  'verified',
  'already-gone',
  'accepted',
  'requested',
  'still-present',
  'failed',
  'unverifiable',
  'planned',
  'skipped',
] as const satisfies readonly RevocationItemState[];

/** How far a job is, as one bar whose parts are the states of its items. */
export function JobMeter({ job }: { job: RevocationSummary }) {
  const parts = ORDER.map((state) => ({ state, count: job.counts[state] ?? 0 })).filter(
    ({ count }) => count > 0,
  );
  const all = parts.reduce((sum, { state, count }) => (state === 'skipped' ? sum : sum + count), 0);
  const settled = all - (job.counts.planned ?? 0) - (job.counts.requested ?? 0) - (job.counts.accepted ?? 0);
  return (
    <div>
      <Group gap="sm" mb={6}>
        <ToneBadge tone={toneOfJob[job.state]} dot>
          {job.state}
        </ToneBadge>
        <Text className="tabular">
          {settled.toLocaleString()} of {all.toLocaleString()} settled
        </Text>
      </Group>
      <div
        className={classes.meter}
        role="progressbar"
        aria-label="Settled sessions"
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={settled}
      >
        {parts.map(({ state, count }) => (
          <div
            key={state}
            style={{ flexGrow: count, background: toneColor(toneOfItem[state]) }}
            data-faint={state === 'planned' || state === 'skipped' || undefined}
            data-waiting={state === 'accepted' || state === 'requested' || undefined}
          />
        ))}
      </div>
      <Group gap="md" mt={6}>
        {parts.map(({ state, count }) => (
          <ToneBadge key={state} tone={toneOfItem[state]} dot>
            {count.toLocaleString()} {state}
          </ToneBadge>
        ))}
      </Group>
    </div>
  );
}

import { Text } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import { duration } from '../text/times.ts';
import type { ChangeEvidence } from './change-evidence.ts';
import classes from './evidence.module.css';
import { Figure } from './figure.tsx';
import { percent } from './percent.ts';
import { SightingCard } from './sighting-card.tsx';
import { sightingDifference, type SightingPart } from './sighting-difference.ts';

const WORDS: Record<SightingPart, string> = {
  country: 'country',
  ip: 'address',
  network: 'network',
  device: 'device',
  userAgent: 'user agent',
};

/** The same session twice, side by side, with what changed standing out. */
export function ChangeView({ change }: { change: ChangeEvidence }) {
  const { before, after, userAgentSimilarity } = change;
  const differs = sightingDifference(before, after);
  const gap = gapWords(before.at, after.at);
  return (
    <div className={classes.travel}>
      <div className={classes.ends}>
        <SightingCard end={before} differs={differs} />
        <div className={classes.leg}>
          <Text fw={600}>same session</Text>
          <ArrowRight size={16} aria-label="then" />
          <Text c="dimmed" size="xs">
            {gap}
          </Text>
        </div>
        <SightingCard end={after} differs={differs} />
      </div>
      <dl className={classes.numbers}>
        <Figure
          name="Changed"
          value={String(differs.size)}
          note={[...differs].map((part) => WORDS[part]).join(', ')}
        />
        {gap !== null && <Figure name="Apart" value={gap} note="between the two sightings" />}
        {userAgentSimilarity !== null && (
          <Figure
            name="User agents alike"
            value={percent(userAgentSimilarity)}
            note="without their versions: an update alone leaves them alike"
          />
        )}
      </dl>
    </div>
  );
}

function gapWords(from: string | null, to: string | null): string | null {
  return from === null || to === null ? null : duration(Date.parse(to) - Date.parse(from));
}

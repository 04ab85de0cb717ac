import { Text } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { countryName } from '../where/country-name.ts';
import type { ArrivalEvidence } from './arrival-evidence.ts';
import classes from './evidence.module.css';
import { SightingCard } from './sighting-card.tsx';

/** Where the person was before, and the sighting that says otherwise. */
export function ArrivalView({ arrival }: { arrival: ArrivalEvidence }) {
  const { sighting, country, countriesBefore, deviceKnown } = arrival;
  return (
    <div className={classes.travel}>
      <div className={classes.countries}>
        <Text c="dimmed">90 days before:</Text>
        <UntrustedText text={countriesBefore.map(countryName).join(', ') || null} wrap />
        <ArrowRight size={16} aria-label="now" />
        <Text fw={600} component="span">
          <UntrustedText text={countryName(country)} />
        </Text>
        <ToneBadge tone={deviceKnown ? 'good' : 'medium'}>
          {deviceKnown ? 'device known' : 'device not known either'}
        </ToneBadge>
      </div>
      <SightingCard end={sighting} differs={new Set(['country'])} />
    </div>
  );
}

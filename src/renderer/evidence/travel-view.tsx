import { Text } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { JourneyMap } from '../map/journey-map.tsx';
import { duration } from '../text/times.ts';
import classes from './evidence.module.css';
import { Figure } from './figure.tsx';
import { percent } from './percent.ts';
import { SightingCard } from './sighting-card.tsx';
import { TravelScale } from './travel-scale.tsx';
import type { TravelEnd, TravelEvidence } from './travel-evidence.ts';

const HOUR_MS = 3_600_000;

/** An impossible journey: both ends, what an honest traveller could have done, and how sure that makes us. */
export function TravelView({ travel }: { travel: TravelEvidence }) {
  const { from, to, distanceKm, gapHours, reachKm, sigmaKm, probability, fastestTripHours } = travel;
  return (
    <div className={classes.travel}>
      <div className={classes.ends}>
        <SightingCard end={from} accuracy={accuracyWords(from)} />
        <div className={classes.leg}>
          <Text fw={600} className="tabular">
            {km(distanceKm)}
          </Text>
          <ArrowRight size={16} aria-label="to" />
          <Text c="dimmed" size="xs">
            {duration(gapHours * HOUR_MS)}
          </Text>
        </div>
        <SightingCard end={to} accuracy={accuracyWords(to)} />
      </div>
      <JourneyMap from={from} to={to} />
      <TravelScale travel={travel} />
      <dl className={classes.numbers}>
        <Figure name="Distance" value={km(distanceKm)} note="between the centres of both circles" />
        <Figure name="Gap" value={duration(gapHours * HOUR_MS)} note="the longest that both times allow" />
        <Figure name="Reach" value={km(reachKm)} note={reachWords(travel)} />
        <Figure
          name="Fastest honest trip"
          value={duration(fastestTripHours * HOUR_MS)}
          note={`${(fastestTripHours / Math.max(gapHours, 1 / 60)).toFixed(1)} times the gap`}
        />
        <Figure name="Uncertainty" value={km(sigmaKm)} note="σ of both places together" />
        <Figure name="Probability" value={percent(probability)} note={thresholdWords(travel)} />
      </dl>
      {travel.newDevice && (
        <Text>
          <ToneBadge tone="critical">new device</ToneBadge> One of the two devices was never seen for this
          person.
        </Text>
      )}
    </div>
  );
}

function reachWords({ groundHours }: TravelEvidence): string {
  const ground = groundHours === 0 ? '' : ` but ${duration(groundHours * HOUR_MS)} on the ground`;
  return `100 km and 1,000 km/h for the gap${ground}`;
}

function thresholdWords({ groundHours, cap }: TravelEvidence): string {
  if (groundHours > 0) return 'fires from 50 % where one end is a stranger in everything else';
  return cap === null ? 'fires from 95 %' : `fires from 95 %; these lines allow at most ${percent(cap)}`;
}

function accuracyWords({ radiusKm, level }: TravelEnd): string {
  if (radiusKm === null) return 'radius unknown';
  return level === 'country'
    ? `somewhere in the country, up to ${km(radiusKm)} from its middle`
    : `within ${km(radiusKm)} with 67 %`;
}

function km(value: number): string {
  return `${Math.round(value).toLocaleString('en')} km`;
}

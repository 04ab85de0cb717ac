import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MapPlace } from '../../contract/map.ts';
import { useAddress } from '../address/use-address.ts';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { SEVERITIES } from '../badge/tone.ts';
import { mapQuery } from '../data/costly-reads.ts';
import { useEngine } from '../engine-client.ts';
import { Fetched } from '../notice/fetched.tsx';
import { useKeys } from '../shell/use-keys.ts';
import classes from './map.module.css';
import { PlacePanel } from './place-panel.tsx';
import { WorldMap } from './world-map.tsx';

const NO_TEXTS: readonly string[] = [];

/** Where the sessions of the shared query are, and where the flagged ones are. */
export function MapPage() {
  const engine = useEngine();
  const { params } = useAddress();
  const query = params.q ?? '';
  const [selected, setSelected] = useState<MapPlace | null>(null);
  const answer = useQuery({ ...mapQuery(engine, query), placeholderData: keepPreviousData });
  const geoip = useQuery({
    queryKey: ['geoip', 'status'],
    queryFn: ({ signal }) => engine.geoip.status.query(undefined, { signal }),
  });
  useKeys({ Escape: () => setSelected(null) });

  return (
    <Fetched result={answer} lines={8}>
      {({ places, located, unlocated }) => (
        <div className={classes.page}>
          <div className={classes.frame}>
            <WorldMap
              places={places}
              selected={selected}
              attributions={geoip.data?.attributions ?? NO_TEXTS}
              onPlace={setSelected}
            />
            <div className={classes.legend}>
              <Text fw={600} className="tabular">
                {located.toLocaleString()} sessions at {places.length.toLocaleString()} places
              </Text>
              {unlocated > 0 && (
                <Text c="dimmed" className="tabular">
                  {unlocated.toLocaleString()} have no place: private or unknown addresses
                </Text>
              )}
              <div className={classes.tones}>
                {SEVERITIES.map((severity) => (
                  <ToneBadge key={severity} tone={severity} dot>
                    {severity}
                  </ToneBadge>
                ))}
              </div>
            </div>
          </div>
          {selected !== null && (
            <PlacePanel place={selected} query={query} onClose={() => setSelected(null)} />
          )}
        </div>
      )}
    </Fetched>
  );
}

import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Observation } from '../../contract/session.ts';
import { useEngine } from '../engine-client.ts';
import { PanelSection } from '../frame/panel-section.tsx';
import { Fetched } from '../notice/fetched.tsx';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { deviceWords } from '../where/device-text.tsx';
import { observationChanges } from './observation-changes.ts';
import classes from './sessions.module.css';

const MAX_SHOWN = 60;

/** What polls saw of the session, newest first, each with what it changed. */
export function ObservationHistory({ sessionKey }: { sessionKey: string }) {
  const engine = useEngine();
  const result = useQuery({
    queryKey: ['sessions', 'observations', sessionKey],
    queryFn: ({ signal }) => engine.sessions.observations.query({ key: sessionKey }, { signal }),
  });
  return (
    <PanelSection title="Observation history">
      <Fetched result={result} lines={3}>
        {(observations) => <History observations={observations} />}
      </Fetched>
    </PanelSection>
  );
}

function History({ observations }: { observations: readonly Observation[] }) {
  const sorted = [...observations].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <>
      <ol className={classes.history}>
        {sorted.slice(0, MAX_SHOWN).map((observation, index) => (
          <li key={observation.at}>
            <InstantText at={observation.at} withSeconds />
            <Changes observation={observation} before={sorted[index + 1]} />
          </li>
        ))}
      </ol>
      {sorted.length > MAX_SHOWN && (
        <Text c="dimmed">{sorted.length - MAX_SHOWN} older observations are not shown here.</Text>
      )}
    </>
  );
}

function Changes({ observation, before }: { observation: Observation; before: Observation | undefined }) {
  if (before === undefined) {
    return (
      <div className={classes.changes}>
        First seen
        <UntrustedText text={[observation.ip, deviceWords(observation)].filter(Boolean).join(', ')} wrap />
      </div>
    );
  }
  const changes = observationChanges(before, observation);
  if (changes.length === 0) return <div className={classes.changes}>Seen again, times moved on</div>;
  return (
    <div className={classes.changes}>
      {changes.map(({ what, from, to }) => (
        <div key={what}>
          {what}: <UntrustedText text={from} wrap /> → <UntrustedText text={to} wrap />
        </div>
      ))}
    </div>
  );
}

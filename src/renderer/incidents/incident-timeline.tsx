import { Text, Title } from '@mantine/core';
import type { Finding } from '../../contract/finding.ts';
import { sightingsOf } from '../evidence/sightings-of.ts';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { PlaceText } from '../where/place-text.tsx';
import classes from './incidents.module.css';

/** Where the person, or who acts as them, was seen: the evidence of all findings in the order of time. */
export function IncidentTimeline({ findings }: { findings: readonly Finding[] }) {
  const sightings = sightingsOf(findings);
  if (sightings.length === 0) return null;
  return (
    <section>
      <Title order={3} mb={6}>
        Seen
      </Title>
      <ol className={classes.seen}>
        {sightings.map(({ id, end }) => (
          <li key={id}>
            <InstantText at={end.at} withSeconds />
            <div className={classes.words}>
              <PlaceText place={end} />
              <Text c="dimmed" size="xs" component="div" className={classes.under}>
                <UntrustedText text={end.ip} mono />
                <UntrustedText text={end.org} />
                <UntrustedText
                  text={[end.browser, end.os].filter((part) => part !== null).join(' on ') || null}
                />
                <UntrustedText text={end.source} />
              </Text>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

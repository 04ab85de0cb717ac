import { Text } from '@mantine/core';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { NetworkText } from '../where/network-text.tsx';
import { PlaceText } from '../where/place-text.tsx';
import classes from './evidence.module.css';
import type { SightingEnd } from './sighting-end.ts';
import type { SightingPart } from './sighting-difference.ts';

type Props = {
  end: SightingEnd;
  /** How exactly the place is known, in words. */
  accuracy?: string;
  /** What is not as at the other end; it stands out, and only then the whole user agent is shown. */
  differs?: ReadonlySet<SightingPart>;
};

const NOTHING: ReadonlySet<SightingPart> = new Set();

/** One end of a comparison in the same order of lines as the other, so that the eye can go across. */
export function SightingCard({ end, accuracy, differs = NOTHING }: Props) {
  const client = [end.browser, end.os].filter((part) => part !== null).join(' on ');
  const kind = end.deviceKind === null || end.deviceKind === 'unknown' ? '' : ` (${end.deviceKind})`;
  const mark = (part: SightingPart) => differs.has(part) || undefined;
  return (
    <div className={classes.end}>
      <Text fw={600} component="div" data-differs={mark('country')}>
        <PlaceText place={end} />
      </Text>
      {accuracy !== undefined && (
        <Text c="dimmed" size="xs">
          {accuracy}
        </Text>
      )}
      <InstantText at={end.at} withSeconds />
      <div data-differs={mark('ip')}>
        <UntrustedText text={end.ip} mono />
      </div>
      <div data-differs={mark('network')}>
        <NetworkText network={{ ...end, networkKinds: [] }} />
      </div>
      <div data-differs={mark('device')}>
        <UntrustedText text={client === '' ? null : client + kind} />
      </div>
      {differs.has('userAgent') && (
        <div data-differs className={classes.userAgent}>
          <UntrustedText text={end.userAgent} maxLength={300} mono wrap />
        </div>
      )}
      <UntrustedText text={end.source} />
    </div>
  );
}

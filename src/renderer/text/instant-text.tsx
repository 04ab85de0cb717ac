import type { TimeQuality } from '../../contract/instant.ts';
import classes from './instant-text.module.css';
import { localTime, localZone, relative, utcTime } from './times.ts';
import { useNow } from './use-now.ts';

type Props = {
  /** ISO 8601 in UTC; null is unknown and drawn as a dash, never as a date. */
  at: string | null;
  /** `absolute` is a date and time, `relative` is "3 h ago". */
  form?: 'absolute' | 'relative';
  withSeconds?: boolean;
  /** How far a start time can be believed; anything but `reported` is marked. */
  quality?: TimeQuality;
};

const QUALITY: Record<TimeQuality, { mark: string; words: string }> = {
  reported: { mark: '', words: '' },
  derived: { mark: '~', words: 'Derived: computed from something else the source says.' },
  untrusted: { mark: '?', words: 'Untrusted: the source is known to be wrong here. Rules ignore this time.' },
  missing: { mark: '', words: 'The source tells no start.' },
};

/**
 * A moment in the analyst's zone; hovering shows UTC, and how far it can be believed. The hover text is a plain
 * title: a table draws hundreds of these while it scrolls.
 */
export function InstantText({ at, form = 'absolute', withSeconds = false, quality = 'reported' }: Props) {
  const now = useNow();
  const { mark, words } = QUALITY[quality];
  if (at === null) {
    return (
      <span className={classes.unknown} title={words || 'Unknown'}>
        –
      </span>
    );
  }
  const title = [utcTime(at), `${localTime(at, true)} ${localZone}, ${relative(at, now)}`, words];
  return (
    <time dateTime={at} className={classes.time} title={title.filter(Boolean).join('\n')}>
      {mark && <span className={classes.mark}>{mark}</span>}
      {form === 'relative' ? relative(at, now) : localTime(at, withSeconds)}
    </time>
  );
}

import { toneColor, toneOfSession } from '../badge/tone.ts';
import { localTime } from '../text/times.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { visibleString } from '../text/visible-text.ts';
import { deviceWords } from '../where/device-text.tsx';
import { PlaceText } from '../where/place-text.tsx';
import type { SessionBar } from './session-bar.ts';
import { xAt, type TimeAxis } from './time-axis.ts';
import classes from './timeline.module.css';

type Props = {
  bar: SessionBar;
  /** Whether the label says where the session is. */
  namesSource: boolean;
  axis: TimeAxis;
  top: number;
  isOpen: boolean;
  onOpen: () => void;
};

const MIN_BAR_PX = 3;

/** One session: its label, a full bar while it was surely used, a faint one while it could be used. */
export function SessionRow({ bar, namesSource, axis, top, isOpen, onOpen }: Props) {
  const { session } = bar;
  const start = clamp(xAt(axis, bar.startMs), axis.width);
  const seen = clamp(xAt(axis, bar.seenMs), axis.width);
  const end = clamp(xAt(axis, bar.endMs), axis.width);
  const isInView = bar.endMs >= axis.fromMs && bar.startMs <= axis.toMs;
  const color = toneColor(toneOfSession[session.state]);
  return (
    <button
      type="button"
      className={classes.row}
      style={{ transform: `translateY(${top}px)`, '--tone': color }}
      data-open={isOpen || undefined}
      title={wordsOf(bar)}
      onClick={onOpen}
    >
      <span className={classes.label}>
        <span className={classes.device}>
          <UntrustedText text={labelOf(session, namesSource)} />
        </span>
        <span className={classes.where}>
          <PlaceText place={session} />
        </span>
      </span>
      {isInView && (
        <span className={classes.track}>
          <span
            className={classes.alive}
            data-open-start={bar.isStartOpen || undefined}
            style={{ left: start, width: Math.max(MIN_BAR_PX, end - start) }}
          />
          <span className={classes.used} style={{ left: start, width: Math.max(MIN_BAR_PX, seen - start) }} />
        </span>
      )}
    </button>
  );
}

function labelOf(session: SessionBar['session'], namesSource: boolean): string | null {
  const device = deviceWords(session);
  if (!namesSource) return device;
  return device === null ? session.source : `${session.source}: ${device}`;
}

function clamp(x: number, width: number): number {
  return Math.max(-2, Math.min(width + 2, x));
}

function wordsOf({ session, isStartOpen, isLive }: SessionBar): string {
  const start = isStartOpen
    ? `first seen ${localTime(session.firstObservedAt)}, started before`
    : `started ${localTime(session.startedAt ?? session.firstObservedAt)}`;
  const seen =
    session.lastSeenAt === null ? 'last use unknown' : `last used ${localTime(session.lastSeenAt)}`;
  const end = isLive
    ? 'still alive'
    : `${session.state} ${localTime(session.endedAt ?? session.lastObservedAt)}`;
  return `${visibleString(deviceWords(session) ?? 'Unknown device', 80)}\n${start}\n${seen}\n${end}`;
}

import type { Event } from '../../contract/event.ts';
import { localTime, utcTime } from '../text/times.ts';
import { visibleString } from '../text/visible-text.ts';
import { ticks, xAt, type TimeAxis } from './time-axis.ts';
import classes from './timeline.module.css';

const HEIGHT = 54;

/** The time axis with the user's events as ticks: failures stand out, ends are faint. */
export function EventLane({ events, axis }: { events: readonly Event[]; axis: TimeAxis }) {
  const offsetMinutes = -new Date(axis.toMs).getTimezoneOffset();
  const inView = events.filter(({ at }) => Date.parse(at) >= axis.fromMs && Date.parse(at) <= axis.toMs);
  return (
    <div className={classes.lane}>
      <div className={classes.laneLabel}>
        <span>Events</span>
        <span className={classes.none}>
          <i className={classes.success} /> success <i className={classes.failure} /> failure{' '}
          <i className={classes.end} /> end
        </span>
      </div>
      <svg
        width={axis.width}
        height={HEIGHT}
        className={classes.laneChart}
        role="img"
        aria-label="Time axis and events"
      >
        {ticks(axis, offsetMinutes).map(({ atMs, x, label, labelX }) => (
          <g key={atMs}>
            <line x1={x} x2={x} y1={20} y2={HEIGHT} className={classes.tick} />
            <text x={labelX} y={14} textAnchor="middle">
              {label}
            </text>
          </g>
        ))}
        {inView.map((event) => {
          const x = xAt(axis, Date.parse(event.at));
          return (
            <line
              key={event.id}
              x1={x}
              x2={x}
              y1={event.kind === 'end' ? 36 : 28}
              y2={48}
              className={classes[toneOf(event)]}
            >
              <title>{eventWords(event)}</title>
            </line>
          );
        })}
      </svg>
    </div>
  );
}

function toneOf({ kind, outcome }: Event): 'success' | 'failure' | 'end' {
  if (outcome === 'failure' || kind === 'failure') return 'failure';
  return kind === 'end' ? 'end' : 'success';
}

function eventWords({ kind, at, city, country, ip }: Event): string {
  const where = [city, country, ip].filter((part) => part !== null).join(', ');
  return `${kind}, ${localTime(at, true)} (${utcTime(at)})\n${visibleString(where, 120)}`;
}

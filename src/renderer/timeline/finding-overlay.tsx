import type { Finding } from '../../contract/finding.ts';
import { toneColor } from '../badge/tone.ts';
import { localTime } from '../text/times.ts';
import { visibleString } from '../text/visible-text.ts';
import type { ChartLayout } from './chart-layout.ts';
import { xAt, type TimeAxis } from './time-axis.ts';
import classes from './timeline.module.css';
import { travelLegs } from './travel-legs.ts';

type Props = {
  findings: readonly Finding[];
  rowOf: ReadonlyMap<string, number>;
  axis: TimeAxis;
  layout: Pick<ChartLayout, 'rowHeight' | 'barMiddle'>;
  height: number;
  nowX: number;
  onFinding: (id: string) => void;
};

const MARK = 5;

/** Findings over the bars: a mark on each session they name, a line for each journey; suppressed ones are dashed. */
export function FindingOverlay({ findings, rowOf, axis, layout, height, nowX, onFinding }: Props) {
  const middle = (row: number) => row * layout.rowHeight + layout.barMiddle;
  return (
    <svg width={axis.width} height={height} className={classes.overlay}>
      {nowX >= 0 && nowX <= axis.width && (
        <line x1={nowX} x2={nowX} y1={0} y2={height} className={classes.now} />
      )}
      {travelLegs(findings, rowOf).map(({ finding, fromRow, fromMs, toRow, toMs }) => (
        <line
          key={finding.id}
          x1={xAt(axis, fromMs)}
          y1={middle(fromRow)}
          x2={xAt(axis, toMs)}
          y2={middle(toRow)}
          className={classes.leg}
          data-faint={finding.state === 'suppressed' || undefined}
          style={{ stroke: toneColor(finding.severity) }}
          onClick={() => onFinding(finding.id)}
        >
          <title>{wordsOf(finding)}</title>
        </line>
      ))}
      {findings.flatMap((finding) =>
        finding.sessions.map((key) => {
          const row = rowOf.get(key);
          const x = xAt(axis, Date.parse(finding.at));
          if (row === undefined || x < 0 || x > axis.width) return null;
          return (
            <rect
              key={`${finding.id} ${key}`}
              x={x - MARK}
              y={middle(row) - MARK}
              width={2 * MARK}
              height={2 * MARK}
              transform={`rotate(45 ${x} ${middle(row)})`}
              className={classes.mark}
              data-faint={finding.state === 'suppressed' || undefined}
              style={{ fill: toneColor(finding.severity) }}
              onClick={() => onFinding(finding.id)}
            >
              <title>{wordsOf(finding)}</title>
            </rect>
          );
        }),
      )}
    </svg>
  );
}

function wordsOf({ title, severity, state, at }: Finding): string {
  return `${visibleString(title, 160)}\n${severity}, ${state}, ${localTime(at, true)}`;
}

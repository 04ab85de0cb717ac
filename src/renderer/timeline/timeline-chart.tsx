import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef } from 'react';
import type { Event } from '../../contract/event.ts';
import type { Finding } from '../../contract/finding.ts';
import { chartLayout } from './chart-layout.ts';
import { EventLane } from './event-lane.tsx';
import { FindingOverlay } from './finding-overlay.tsx';
import type { SessionBar } from './session-bar.ts';
import { SessionRow } from './session-row.tsx';
import { xAt, type TimeAxis } from './time-axis.ts';
import classes from './timeline.module.css';

type Props = {
  bars: readonly SessionBar[];
  events: readonly Event[];
  findings: readonly Finding[];
  range: { readonly fromMs: number; readonly toMs: number };
  nowMs: number;
  /** Several accounts are drawn: each row says whose it is. */
  isOfPerson: boolean;
  openSession: string | null;
  onSession: (key: string) => void;
  onFinding: (id: string) => void;
  /** Ctrl and wheel over a time. */
  onZoom: (factor: number, atMs: number) => void;
};

/** The drawing itself: one row a session, only those in view; axis and events stay on top. */
export function TimelineChart(props: Props) {
  const { bars, events, findings, range, nowMs, openSession, onSession, onFinding } = props;
  const { ref, width } = useElementSize();
  const scroller = useRef<HTMLDivElement>(null);
  const layout = chartLayout(width);
  const { rowHeight } = layout;
  const axis: TimeAxis = { ...range, width: layout.axisWidth };
  const rowOf = useMemo(() => new Map(bars.map(({ session }, row) => [session.key, row])), [bars]);
  // eslint-disable-next-line react-hooks/incompatible-library -- it mutates itself; see virtual-table.tsx
  const virtualizer = useVirtualizer({
    count: bars.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  // It remembers heights until it is told that they are others.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  useWheelZoom(scroller, (event) => {
    const left = scroller.current?.getBoundingClientRect().left ?? 0;
    const share = (event.clientX - left - layout.left) / axis.width;
    props.onZoom(event.deltaY > 0 ? 1.25 : 0.8, axis.fromMs + share * (axis.toMs - axis.fromMs));
  });

  return (
    <div ref={scroller} className={classes.scroller} role="group" aria-label="Timeline">
      <div
        ref={ref}
        className={classes.chart}
        data-stacked={layout.isStacked || undefined}
        style={{ '--axis-left': `${layout.left}px`, '--row-height': `${rowHeight}px` }}
      >
        <EventLane events={events} axis={axis} />
        <div className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const bar = bars[index];
            return bar === undefined ? null : (
              <SessionRow
                key={bar.session.key}
                bar={bar}
                namesSource={props.isOfPerson}
                axis={axis}
                top={start}
                isOpen={bar.session.key === openSession}
                onOpen={() => onSession(bar.session.key)}
              />
            );
          })}
          <FindingOverlay
            findings={findings}
            rowOf={rowOf}
            axis={axis}
            layout={layout}
            height={virtualizer.getTotalSize()}
            nowX={xAt(axis, nowMs)}
            onFinding={onFinding}
          />
        </div>
      </div>
    </div>
  );
}

/** React listens to wheels passively; only an own listener may keep the browser from zooming the page. */
function useWheelZoom(target: React.RefObject<HTMLElement | null>, onZoom: (event: WheelEvent) => void) {
  const zoom = useEffectEvent((event: WheelEvent) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    onZoom(event);
  });
  useEffect(() => {
    const element = target.current;
    const listener = (event: WheelEvent) => zoom(event);
    element?.addEventListener('wheel', listener, { passive: false });
    return () => element?.removeEventListener('wheel', listener);
  }, [target]);
}

import { ActionIcon, Button, Group } from '@mantine/core';
import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from 'lucide-react';
import { moved, zoomed } from './time-axis.ts';

const DAY_MS = 86_400_000;

const PRESETS: readonly (readonly [string, number | null])[] = [
  ['24 h', DAY_MS],
  ['7 d', 7 * DAY_MS],
  ['30 d', 30 * DAY_MS],
  ['All', null],
];

type Range = { readonly fromMs: number; readonly toMs: number };
type Props = { range: Range; nowMs: number; onRange: (range: Range | null) => void };

/** Which stretch of time is shown; null means all of it. */
export function RangeControls({ range, nowMs, onRange }: Props) {
  return (
    <Group gap={4} wrap="nowrap">
      <Button.Group>
        {PRESETS.map(([name, span]) => (
          <Button
            key={name}
            variant="default"
            size="compact-sm"
            onClick={() =>
              onRange(span === null ? null : { fromMs: nowMs - span * 0.98, toMs: nowMs + span * 0.02 })
            }
          >
            {name}
          </Button>
        ))}
      </Button.Group>
      <ActionIcon aria-label="Earlier" onClick={() => onRange(moved(range, -0.25))}>
        <ChevronLeft size={16} />
      </ActionIcon>
      <ActionIcon aria-label="Later" onClick={() => onRange(moved(range, 0.25))}>
        <ChevronRight size={16} />
      </ActionIcon>
      <ActionIcon aria-label="Closer" onClick={() => onRange(zoomed(range, 0.5))}>
        <ZoomIn size={16} />
      </ActionIcon>
      <ActionIcon aria-label="Farther" onClick={() => onRange(zoomed(range, 2))}>
        <ZoomOut size={16} />
      </ActionIcon>
    </Group>
  );
}

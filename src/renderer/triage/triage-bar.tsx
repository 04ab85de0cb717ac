import { Anchor, Button, Group, Text } from '@mantine/core';
import { Gavel } from 'lucide-react';
import type { ReactNode } from 'react';
import { Bar } from '../frame/bar.tsx';
import type { Picks } from './use-picks.ts';

type Props = { picks: Picks; what: string; onVerdict: () => void; children?: ReactNode };

/** How many rows are picked, and the verdict on all of them at once. */
export function TriageBar({ picks, what, onVerdict, children }: Props) {
  const count = picks.keys.size;
  return (
    <Bar aria-live="polite">
      {count === 0 ? (
        <Text c="dimmed" flex="1 1 180px">
          Select {what} with x or the boxes, decide with v.
        </Text>
      ) : (
        <Group gap="sm">
          <Text fw={600}>{count.toLocaleString()} selected</Text>
          <Anchor component="button" size="sm" onClick={picks.clear}>
            Clear
          </Anchor>
        </Group>
      )}
      <Group gap="xs" ml="auto">
        {count > 0 && (
          <Button leftSection={<Gavel size={14} />} onClick={onVerdict}>
            Verdict…
          </Button>
        )}
        {children}
      </Group>
    </Bar>
  );
}

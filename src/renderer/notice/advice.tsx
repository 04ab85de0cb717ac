import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { toneColor, type Tone } from '../badge/tone.ts';
import classes from './notice.module.css';

/** Something to read before going on, in the colour of how much it matters. */
export function Advice({ tone, title, children }: { tone: Tone; title?: string; children: ReactNode }) {
  return (
    <div className={classes.advice} style={{ '--tone': toneColor(tone) }}>
      {title !== undefined && <Text fw={600}>{title}</Text>}
      {children}
    </div>
  );
}

import type { ReactNode } from 'react';
import classes from './tone-badge.module.css';
import { toneColor, type Tone } from './tone.ts';

type Props = { tone: Tone; children: ReactNode; title?: string | undefined; dot?: boolean };

/** A word in a meaningful colour. The word carries the meaning, the colour only finds it faster. */
export function ToneBadge({ tone, children, title, dot = false }: Props) {
  return (
    <span
      className={dot ? classes.dotted : classes.badge}
      style={{ '--tone': toneColor(tone) }}
      title={title ?? (typeof children === 'string' && !dot ? children : undefined)}
    >
      {children}
    </span>
  );
}

import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './frame.module.css';

/** One part of a panel under its title, by which screen readers find it. */
export function PanelSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.panelSection} aria-label={title}>
      <Title order={3}>{title}</Title>
      {children}
    </section>
  );
}

import type { ReactNode } from 'react';
import classes from './frame.module.css';

/** What scrolls under a `PanelHead`; it takes the focus, so that the keyboard can scroll it. */
export function PanelBody({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.panelBody} role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

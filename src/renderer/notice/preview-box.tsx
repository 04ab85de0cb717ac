import type { ReactNode } from 'react';
import classes from './notice.module.css';

/** What would come of something that is not done yet; `label` is the question it answers. */
export function PreviewBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className={classes.preview} aria-label={label}>
      {children}
    </section>
  );
}

import type { ReactNode } from 'react';
import classes from './frame.module.css';

/** A page that takes the height there is, one part under the other; parts of it scroll, and not the page. */
export function FullPage({ children }: { children: ReactNode }) {
  return <div className={classes.page}>{children}</div>;
}

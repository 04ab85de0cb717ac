import type { ReactNode } from 'react';
import classes from './frame.module.css';

/** A list and, while one of its rows is open, that row's `SidePanel` beside it; both take the height that is left. */
export function ListAndPanel({ children, panel }: { children: ReactNode; panel: ReactNode }) {
  return (
    <div className={classes.frame}>
      <div className={classes.list}>{children}</div>
      {panel}
    </div>
  );
}

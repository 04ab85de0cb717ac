import type { AriaAttributes, ReactNode } from 'react';
import classes from './frame.module.css';

type Props = Pick<AriaAttributes, 'aria-live'> & { children: ReactNode };

/** The strip above what a page is about: what it says first, what can be done at the end. It wraps where it is narrow. */
export function Bar({ children, ...aria }: Props) {
  return (
    <div className={classes.bar} {...aria}>
      {children}
    </div>
  );
}

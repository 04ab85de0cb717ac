import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './frame.module.css';

type Props = {
  /** What the panel is about; it takes the room that is left. */
  title: ReactNode;
  close: { label: string; onClose: () => void };
  /** What can be done, before the button that closes. */
  children?: ReactNode;
};

/** The head of a `SidePanel` that stays while the rest of it scrolls. */
export function PanelHead({ title, close, children }: Props) {
  return (
    <div className={classes.panelHead}>
      <div className={classes.panelTitle}>{title}</div>
      {children}
      <CloseButton aria-label={close.label} onClick={close.onClose} />
    </div>
  );
}

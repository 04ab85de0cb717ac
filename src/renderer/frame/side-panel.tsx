import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './frame.module.css';
import { useFocusBack } from './use-focus-back.ts';

type Props = {
  label: string;
  /** A CSS width; what it was opened from keeps the rest. */
  width: string;
  /** The button in its corner. A panel whose head has one leaves it out. */
  close?: { label: string; onClose: () => void };
  children: ReactNode;
};

/** One opened thing beside what it was opened from. It scrolls as a whole, unless a part of it does. */
export function SidePanel({ label, width, close, children }: Props) {
  useFocusBack();
  return (
    <aside className={classes.panel} style={{ width }} aria-label={label}>
      {close && <CloseButton className={classes.close} aria-label={close.label} onClick={close.onClose} />}
      {children}
    </aside>
  );
}

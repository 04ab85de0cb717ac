import { CloseButton } from '@mantine/core';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useKeys } from '../shell/use-keys.ts';
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

/**
 * One opened thing beside what it was opened from. It scrolls as a whole, unless a part of it does. Enter leads into it, past
 * all that the next Tab would come to before; Esc leads out of a field in it, and only the next one closes it.
 */
export function SidePanel({ label, width, close, children }: Props) {
  useFocusBack();
  const panel = useRef<HTMLElement>(null);
  useKeys({ Enter: () => panel.current?.focus() });
  return (
    <aside
      ref={panel}
      className={classes.panel}
      style={{ width }}
      aria-label={label}
      tabIndex={-1}
      onKeyDown={leaveField}
    >
      {close && <CloseButton className={classes.close} aria-label={close.label} onClick={close.onClose} />}
      {children}
    </aside>
  );
}

/** A dialog that was opened from the panel is no part of it, though React tells it of the keys there. */
function leaveField({ key, target, currentTarget }: KeyboardEvent<HTMLElement>) {
  if (key !== 'Escape' || !(target instanceof HTMLElement) || !currentTarget.contains(target)) return;
  if (target.matches('textarea, input:not([type=checkbox], [type=radio])')) currentTarget.focus();
}

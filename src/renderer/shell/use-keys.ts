import { useEffect, useEffectEvent } from 'react';

/** Handlers by `KeyboardEvent.key`. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/**
 * Single-key shortcuts of a page. They rest while the analyst types into a field, holds a modifier or has a
 * dialog open, so that a letter never acts on what is behind; and a key that the focused control understands is its own.
 */
export function useKeys(keys: Keys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target) || isItsOwn(event)) return;
    if (document.querySelector('[aria-modal="true"]') !== null) return;
    const handler = keys[event.key];
    if (handler === undefined) return;
    event.preventDefault();
    handler(event);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit|file)$/.test(target.type);
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Enter presses a button and follows a link; arrows choose among radio buttons. */
function isItsOwn({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (key === 'Enter') return target.closest('button, a[href], summary, [role="button"]') !== null;
  return key.startsWith('Arrow') && target.matches('input[type="radio"]');
}

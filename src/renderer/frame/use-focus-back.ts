import { useEffect } from 'react';

/**
 * Gives the focus back to where it was before something opened, when that closes with the focus in it: else it falls to the body,
 * and the next Tab begins at the top of the page.
 */
export function useFocusBack(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, []);
}

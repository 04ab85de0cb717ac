import { Button, VisuallyHidden } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { ClipboardCheck, ClipboardCopy } from 'lucide-react';
import { useState } from 'react';
import { useKeys } from '../shell/use-keys.ts';
import { TicketDialog } from './ticket-dialog.tsx';

/** So long the button says that it is done, in milliseconds. */
const SAID_MS = 2_000;

/** Copies what is open as plain text for a ticket, with the button or `c`; `text` is made when it is asked for. */
export function CopyTicket({ text }: { text: () => string }) {
  const [isCopied, setIsCopied] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const { start } = useTimeout(() => setIsCopied(false), SAID_MS);
  const copy = async () => {
    const ticket = text();
    try {
      await navigator.clipboard.writeText(ticket);
    } catch {
      // The browser, or who administers it, forbids it: it can be copied by hand.
      setShown(ticket);
      return;
    }
    setIsCopied(true);
    start();
  };
  useKeys({ c: () => void copy() });
  return (
    <>
      <Button
        variant="default"
        leftSection={isCopied ? <ClipboardCheck size={14} /> : <ClipboardCopy size={14} />}
        onClick={() => void copy()}
      >
        {isCopied ? 'Copied' : 'Copy for a ticket'}
      </Button>
      <VisuallyHidden role="status">{isCopied ? 'Copied for a ticket' : ''}</VisuallyHidden>
      {shown !== null && <TicketDialog text={shown} onClose={() => setShown(null)} />}
    </>
  );
}

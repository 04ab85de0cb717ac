import { Button, Text } from '@mantine/core';
import { PlugZap } from 'lucide-react';
import { useConnectionState } from '../engine-client.ts';
import classes from './shell.module.css';

/** While the engine doesn't answer, what is on the screen grows old: the page says so where it is read. */
export function ConnectionBanner() {
  const state = useConnectionState();
  if (state === 'open') return null;
  return (
    <section className={classes.disconnected} role="alert">
      <PlugZap size={15} aria-hidden />
      <Text flex={1}>
        The engine does not answer: what is shown is what was last known. The page goes on trying. If
        Sessionscope was closed, start it again.
      </Text>
      <Button variant="default" size="compact-xs" onClick={() => location.reload()}>
        Reload the page
      </Button>
    </section>
  );
}

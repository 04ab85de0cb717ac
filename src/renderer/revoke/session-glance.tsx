import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../engine-client.ts';
import { InstantText } from '../text/instant-text.tsx';
import { DeviceText } from '../where/device-text.tsx';
import { PlaceText } from '../where/place-text.tsx';
import classes from './revoke.module.css';

/** One session in half a line, fetched when its row comes into view. */
export function SessionGlance({ sessionKey }: { sessionKey: string }) {
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: ['sessions', 'get', sessionKey],
    queryFn: ({ signal }) => engine.sessions.get.query({ key: sessionKey }, { signal }),
  });
  if (data === undefined) return <span className={classes.glance}>…</span>;
  return (
    <span className={classes.glance}>
      <DeviceText device={data} />
      <PlaceText place={data} />
      <InstantText at={data.lastSeenAt} form="relative" />
    </span>
  );
}

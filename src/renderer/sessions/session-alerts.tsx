import type { Session } from '../../contract/session.ts';
import { Advice } from '../notice/advice.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';

/** What changes how everything else about a session is to be read. */
export function SessionAlerts({ session: { impersonatedBy, current } }: { session: Session }) {
  return (
    <>
      {impersonatedBy !== null && (
        <div role="alert">
          <Advice tone="high" title="Impersonated: this is not the user">
            An administrator (<UntrustedText text={impersonatedBy} mono wrap />) acts in the name of the user.
            Place and device are the administrator’s.
          </Advice>
        </div>
      )}
      {current === true && (
        <Advice tone="low" title="Sessionscope itself">
          The credential that Sessionscope polls this source with belongs to this session. Ending it stops the
          polling, so revocations leave it alone unless it is named.
        </Advice>
      )}
    </>
  );
}

import { useAddress } from '../address/use-address.ts';
import { UserPicker } from './user-picker.tsx';
import { UserTimeline } from './user-timeline.tsx';

/** One user's sessions, events and findings over time; without a user, the users to choose from. */
export function TimelinePage() {
  const { params } = useAddress();
  const slash = params.user?.indexOf('/') ?? -1;
  if (params.user === undefined || slash === -1) return <UserPicker />;
  return (
    <UserTimeline
      key={params.user}
      source={params.user.slice(0, slash)}
      userId={params.user.slice(slash + 1)}
    />
  );
}

import type { Session } from '../../contract/session.ts';
import { shortRuleName, ruleName } from '../badge/rule-name.ts';
import { BadgeRow, type Badge } from '../badge/badge-row.tsx';
import { ToneBadge } from '../badge/tone-badge.tsx';
import { toneOfSession } from '../badge/tone.ts';
import type { Column } from '../table/column.ts';
import { narrowColumns } from '../table/narrow-columns.ts';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { visibleString } from '../text/visible-text.ts';
import { AddressText } from '../where/address-text.tsx';
import { DeviceText } from '../where/device-text.tsx';
import { NetworkText } from '../where/network-text.tsx';
import { PlaceText } from '../where/place-text.tsx';
import classes from './sessions.module.css';

const OWN_SESSION =
  'Sessionscope itself: the session of the credential it polls with. Revocations leave it alone unless it is named.';

/** What an analyst needs of each session to judge it without opening it. */
export const sessionColumns: readonly Column<Session>[] = [
  {
    id: 'user',
    name: 'User',
    width: 'minmax(130px, 1.3fr)',
    sortBy: 'userName',
    cell: (session) => (
      <span className={classes.user}>
        <UntrustedText text={session.userName ?? session.userId} maxLength={120} />
        {session.current === true && (
          <ToneBadge tone="low" title={OWN_SESSION}>
            own
          </ToneBadge>
        )}
      </span>
    ),
  },
  {
    id: 'state',
    name: 'State',
    width: '80px',
    sortBy: 'state',
    cell: ({ state }) => (
      <ToneBadge tone={toneOfSession[state]} dot>
        {state}
      </ToneBadge>
    ),
  },
  {
    id: 'findings',
    name: 'Findings',
    width: '126px',
    cell: (session) => <BadgeRow badges={findingBadges(session)} room={17} />,
  },
  {
    id: 'place',
    name: 'Place',
    width: 'minmax(112px, 1.12fr)',
    sortBy: 'country',
    cell: (session) => <PlaceText place={session} />,
  },
  {
    id: 'ip',
    name: 'Address',
    width: 'minmax(122px, 1.22fr)',
    sortBy: 'ip',
    cell: (session) => <AddressText address={session} />,
  },
  {
    id: 'network',
    name: 'Network',
    width: 'minmax(128px, 1.28fr)',
    sortBy: 'org',
    cell: (session) => <NetworkText network={session} isShort />,
  },
  {
    id: 'device',
    name: 'Device',
    width: 'minmax(120px, 1.2fr)',
    sortBy: 'browser',
    cell: (session) =>
      session.current === true && session.browser === 'Sessionscope' ? (
        <span className="ellipsis">Sessionscope itself</span>
      ) : (
        <DeviceText device={session} />
      ),
  },
  {
    id: 'source',
    name: 'Source',
    width: '70px',
    sortBy: 'source',
    cell: ({ source }) => <UntrustedText text={source} />,
  },
  {
    id: 'started',
    name: 'Started',
    width: '146px',
    sortBy: 'started',
    cell: (session) => <InstantText at={session.startedAt} quality={session.startedAtQuality} />,
  },
  {
    id: 'seen',
    name: 'Last seen',
    width: '84px',
    sortBy: 'seen',
    cell: ({ lastSeenAt }) => <InstantText at={lastSeenAt} form="relative" />,
  },
  {
    id: 'expires',
    name: 'Expires',
    width: '76px',
    sortBy: 'expires',
    cell: ({ expiresAt }) => <InstantText at={expiresAt} form="relative" />,
  },
];

/** The columns that stay while a session is open beside the table. */
export const narrowSessionColumns = narrowColumns(sessionColumns, {
  user: 'minmax(110px, 1.3fr)',
  state: '80px',
  findings: 'minmax(126px, 1.2fr)',
  place: 'minmax(112px, 1.1fr)',
  ip: 'minmax(122px, 1.2fr)',
  seen: '84px',
});

/** What rules hold against it, after what matters more: that somebody else acts in the name of the user. */
function findingBadges({ findings, impersonatedBy }: Session): readonly Badge[] {
  const told = findings.map((rule): Badge => ({
    text: shortRuleName(rule),
    tone: 'high',
    title: ruleName(rule),
  }));
  if (impersonatedBy === null) return told;
  const title = `${visibleString(impersonatedBy, 80)} acts in the name of the user`;
  return [{ text: 'impersonated', tone: 'medium', title }, ...told];
}

import type { Session } from '../../contract/session.ts';
import { Facts, type Fact } from '../frame/facts.tsx';
import { PanelSection } from '../frame/panel-section.tsx';
import { InstantText } from '../text/instant-text.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { AddressText } from '../where/address-text.tsx';
import { countryName } from '../where/country-name.ts';
import { deviceWords } from '../where/device-text.tsx';
import { NetworkText } from '../where/network-text.tsx';
import { PersonFact } from './person-fact.tsx';
import { SessionLists } from './session-lists.tsx';

/** Every field of a session, unknown ones included: what isn't known matters as much. */
export function SessionFacts({ session }: { session: Session }) {
  return (
    <>
      <PanelSection title="Times">
        <Facts facts={times(session)} />
      </PanelSection>
      <PanelSection title="Where">
        <Facts facts={where(session)} />
      </PanelSection>
      <PanelSection title="Device">
        <Facts facts={device(session)} />
      </PanelSection>
      <PanelSection title="Identity">
        <Facts facts={identity(session)} />
      </PanelSection>
    </>
  );
}

function times(session: Session): readonly Fact[] {
  return [
    ['Started', <InstantText at={session.startedAt} quality={session.startedAtQuality} withSeconds />],
    ['Last seen', <InstantText at={session.lastSeenAt} withSeconds />],
    ['Expires', <InstantText at={session.expiresAt} withSeconds />],
    ['Ended', <InstantText at={session.endedAt} withSeconds />],
    ['First polled', <InstantText at={session.firstObservedAt} withSeconds />],
    ['Last polled', <InstantText at={session.lastObservedAt} withSeconds />],
  ];
}

function where(session: Session): readonly Fact[] {
  const { city, region, country, accuracyKm, placeFrom, lat, lon } = session;
  const place = [city, region, country === null ? null : countryName(country)].filter(
    (part) => part !== null,
  );
  return [
    ['Address', <AddressText address={session} />],
    ['Place', <UntrustedText text={place.length === 0 ? null : place.join(', ')} wrap />],
    [
      'Coordinates',
      lat === null || lon === null ? (
        <UntrustedText text={null} />
      ) : (
        <span className="tabular">
          {lat.toFixed(3)}, {lon.toFixed(3)}
          {accuracyKm !== null && `, within ${accuracyKm} km (67 %)`}
        </span>
      ),
    ],
    ['Place from', placeFrom === null ? <UntrustedText text={null} /> : `the ${placeFrom}`],
    ['Network', <NetworkText network={session} />],
    ['ASN', session.asn === null ? <UntrustedText text={null} /> : `AS${session.asn}`],
    ['On your lists', <SessionLists session={session} />],
  ];
}

function device(session: Session): readonly Fact[] {
  return [
    ['Client', <UntrustedText text={deviceWords({ ...session, userAgent: null })} wrap />],
    ['Kind', session.deviceKind],
    ['User agent', <UntrustedText text={session.userAgent} mono wrap />],
  ];
}

function identity(session: Session): readonly Fact[] {
  const current =
    session.current === null
      ? 'the source can’t tell'
      : session.current
        ? 'yes: Sessionscope itself polls with it'
        : 'no';
  return [
    ['User id', <UntrustedText text={session.userId} mono wrap />],
    ['Person', <PersonFact session={session} />],
    ['Acted by', <UntrustedText text={session.impersonatedBy} mono wrap />],
    ['Listed as', <UntrustedText text={session.account} wrap />],
    ['Own session', current],
    ['Can be ended', session.revocable ? 'yes' : 'no'],
    ['Native id', session.hint === '' ? 'hidden' : <span className="mono">…{session.hint}</span>],
    ['Key', <UntrustedText text={session.key} mono wrap />],
  ];
}

import type { Device } from '../whereabouts.ts';
import { byUser } from './by-user.ts';
import type { PersonFacts, SessionFacts, Sighting } from './facts.ts';
import { untimedReason } from './not-evaluable.ts';
import { lazily } from './remembered.ts';
import { visitSessionSteps, type SessionStep } from './session-steps.ts';
import type { DetectSettings } from './settings.ts';

/** What several rules ask of one person's sightings, each made when it is first asked for. All are in time order. */
export type CaseLists = {
  /** What the person did, at times that can be believed: no failed logins, and none whose outcome is unknown. */
  readonly seen: () => readonly Sighting[];
  /** The same, user by user. */
  readonly accounts: () => readonly (readonly Sighting[])[];
  /** Successful logins; of a source that has told of no login so far, the session starts it reports. */
  readonly signIns: () => readonly Sighting[];
  /** Failed logins, at times that can be believed. */
  readonly failures: () => readonly Sighting[];
  /** Live sessions, user by user, without our own credential's, which are on nobody's list. */
  readonly liveSessions: () => readonly (readonly SessionFacts[])[];
  /** Whether a source told of any login, failed ones included. */
  readonly tellsLogins: () => boolean;
  /** Every step of every session from one sighting to the next. */
  readonly steps: () => readonly SessionStep[];
  /** The devices and the user agents that were seen, each record once: few, however many sightings there are. */
  readonly clients: () => { readonly devices: readonly Device[]; readonly userAgents: readonly string[] };
};

export function caseLists(facts: PersonFacts, settings: DetectSettings): CaseLists {
  const isTimed = (sighting: Sighting) => untimedReason(sighting, facts.nowMs, settings) === null;
  const isSeen = (sighting: Sighting) => isThePerson(sighting) && isTimed(sighting);
  const seen = lazily(() =>
    facts.sightings.every(isSeen) ? facts.sightings : facts.sightings.filter(isSeen),
  );
  return {
    seen,
    accounts: lazily(() => byUser(seen())),
    signIns: lazily(() => signInsAmong(facts.sightings, isSeen)),
    failures: lazily(() =>
      facts.sightings.filter((each) => each.kind === 'login' && each.outcome === 'failure' && isTimed(each)),
    ),
    liveSessions: lazily(() => byUser((facts.sessions ?? []).filter(({ isOwn }) => !isOwn))),
    tellsLogins: () => facts.sightings.some(({ kind }) => kind === 'login'),
    steps: lazily(() => stepsOf(facts)),
    clients: lazily(() => clientsOf(seen())),
  };
}

/** A failed login is somebody who knows the name; so may be one of unknown outcome. */
function isThePerson({ kind, outcome }: Sighting): boolean {
  return kind === 'login' ? outcome === 'success' : outcome !== 'failure';
}

/** A source counts as telling from its first login on: what it told later must not change what was true before. */
function signInsAmong(
  sightings: readonly Sighting[],
  isSeen: (sighting: Sighting) => boolean,
): readonly Sighting[] {
  const tellsLogins = new Set<string>();
  return sightings.filter((sighting) => {
    const { kind, source } = sighting;
    if (kind === 'activity') return false;
    if (kind === 'login') tellsLogins.add(source);
    else if (sighting.quality !== 'reported' || tellsLogins.has(source)) return false;
    return isSeen(sighting);
  });
}

function stepsOf(facts: PersonFacts): readonly SessionStep[] {
  const steps: SessionStep[] = [];
  visitSessionSteps(facts, (step) => steps.push(step));
  return steps;
}

function clientsOf(sightings: readonly Sighting[]) {
  const devices = new Set<Device>();
  const userAgents = new Set<string>();
  let last: Pick<Sighting, 'device' | 'userAgent'> = { device: null, userAgent: null };
  for (const sighting of sightings) {
    const { device, userAgent } = sighting;
    if (device !== last.device && device !== null) devices.add(device);
    if (userAgent !== last.userAgent && userAgent !== null) userAgents.add(userAgent);
    last = { device, userAgent };
  }
  return { devices: [...devices], userAgents: [...userAgents] };
}

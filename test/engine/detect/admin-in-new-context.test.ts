import { describe, expect, it } from 'vitest';
import { RAISED } from '../../../src/contract/explanation.ts';
import type { UserTag } from '../../../src/contract/person.ts';
import { detect } from '../../../src/engine/detect/detect.ts';
import { noOrganisation } from '../../../src/engine/detect/organisation.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import { tagged } from '../../support/live-session.ts';
import {
  aSighting,
  factsOf,
  HOUR,
  lifeAtHome,
  macbook,
  network,
  NOW_MS,
  paris,
} from '../../support/sighting.ts';

const arrival = aSighting({
  atMs: NOW_MS - HOUR,
  place: paris,
  network: network(2, 'hosting'),
  device: macbook,
});
const abroad = aSighting({ atMs: NOW_MS - 2 * HOUR, place: paris, network: network(3), device: macbook });

function foundAbout(...tags: readonly UserTag[]) {
  const facts = factsOf(...lifeAtHome(), abroad, arrival);
  const { findings } = detect(tagged(facts, ...tags));
  return new Map(findings.map((finding) => [`${finding.rule} ${finding.atMs}`, finding]));
}

describe('what is new about an administrator', () => {
  it('weighs one step more, says so, and stays the same finding', () => {
    const [plain, raised] = [foundAbout(), foundAbout('administrator')];
    const key = `new-country ${abroad.toMs}`;
    expect(plain.get(key)).toMatchObject({ severity: 'medium' });
    expect(raised.get(key)).toMatchObject({
      severity: 'high',
      dedupeKey: plain.get(key)?.dedupeKey,
      evidence: { raisedForAdministrator: true },
    });
    expect(raised.get(key)?.explanation).toContain(
      'Raised from medium to high, because the user is an administrator.',
    );
    expect(raised.get(`new-network ${abroad.toMs}`)?.severity).toBe('medium');
  });

  it('says so in the words of every rule that it raises', () => {
    const facts = tagged(factsOf(...lifeAtHome(), abroad, arrival), 'administrator');
    const { findings } = detect(facts, defaultSettings, { ...noOrganisation, loginShare: () => 0 });
    const raised = findings.filter(({ evidence }) => evidence.raisedForAdministrator === true);
    expect(new Set(raised.map(({ rule }) => rule))).toEqual(
      new Set(['new-country', 'new-network', 'new-device']),
    );
    for (const { explanation, severity } of raised)
      expect(explanation).toMatch(new RegExp(` ${RAISED}\\w+ to ${severity}, because`));
  });

  it('does not raise what is not about something new', () => {
    const key = `hosting-network ${arrival.toMs}`;
    expect(foundAbout('administrator').get(key)).toEqual(foundAbout().get(key));
    expect(foundAbout().get(key)?.severity).toBe('medium');
  });

  it('is no matter of other tags', () => {
    const severities = (...tags: readonly UserTag[]) =>
      [...foundAbout(...tags).values()].map(({ severity }) => severity);
    expect(severities('shared')).toEqual(severities());
  });
});

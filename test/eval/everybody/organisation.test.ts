import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { utcDay } from '../../../src/engine/detect/days/utc-day.ts';
import type { FactsUser, Sighting } from '../../../src/engine/detect/facts.ts';
import type { Organisation } from '../../../src/engine/detect/organisation.ts';
import { userAgentWithoutVersions } from '../../../src/engine/enrich/user-agent-similarity.ts';
import { openReader } from '../../../src/engine/store/database.ts';
import { OrgHistories } from '../../../src/engine/store/org-history.ts';
import type { EventRecord } from '../../../src/engine/store/records.ts';
import { sweep, testStore } from '../../support/data-dir.ts';
import { eventRecord } from '../../support/records.ts';
import { createCompany } from '../company/company.ts';
import { DAY_MS } from '../company/clock.ts';
import { attemptsOf } from './attempts.ts';
import { learnOrganisation } from './organisation.ts';

const company = createCompany({ seed: 3, profile: 'employee', users: 24, days: 26, attacked: 0.8 });
const histories = [...company.histories()];
const sightings = histories.flatMap((history) => history.sightings);
const logins = sightings.filter(({ kind, outcome }) => kind === 'login' && outcome === 'success');
/** Some of each kind of value, at all times. */
const asked = logins.filter((_, at) => at % 97 === 0);

/** Everything that rules ask at a login, of everybody but its user. */
function answersAt(
  { userId, toMs: atMs, place, network, userAgent }: Sighting,
  of: Organisation,
  source: string,
) {
  const except: FactsUser[] = [{ source, userId, userName: null, tags: [] }];
  const when = { atMs, days: 30, except };
  const country = place?.country ?? '';
  const asn = String(network?.asn ?? '');
  const client = userAgentWithoutVersions(userAgent ?? '');
  const background = of.background(source, atMs);
  return {
    others: [
      of.others('country', country, when),
      of.others('asn', asn, when),
      of.others('client', client, when),
    ],
    share: of.loginShare('asn', asn, atMs),
    logins: background?.logins,
    users: background?.users,
    counts: [background?.count('asn', asn), background?.distinct('ip')],
    unlikelyFrom: background?.unlikelyFrom,
  };
}

function recordOf({ toMs, userId, outcome, ip, place, network, device, userAgent }: Sighting): EventRecord {
  return eventRecord({
    atMs: toMs,
    user: { id: userId, name: userId, email: null },
    kind: outcome === 'success' ? 'login' : 'failure',
    outcome,
    ip: ip === null ? null : { address: ip, class: 'public', place, network },
    device,
    userAgent,
  });
}

/** The same company in a real store, after every day was counted. */
async function storedOrganisation(): Promise<Organisation> {
  const store = await testStore({ traits: { history: 'events' } });
  await sweep(store, { events: sightings.filter(({ kind }) => kind === 'login').map(recordOf) });
  while (!(await store.write.settleDays(store.clock.now())).done);
  const db = openReader(join(store.dataDir, 'sessionscope.db'));
  onTestFinished(() => void db.close());
  const stored = new OrgHistories(db);
  stored.refresh();
  return stored.organisation;
}

describe('what is known of everybody in a made-up company', () => {
  const { organisation } = learnOrganisation(attemptsOf(histories));

  it('is what the store knows of the same logins', async () => {
    const answers = asked.map((login) => answersAt(login, organisation, 'app'));
    const stored = await storedOrganisation();

    expect(answers).toEqual(asked.map((login) => answersAt(login, stored, 'chat')));
    expect(new Set(answers.flatMap(({ others }) => others)).size).toBeGreaterThan(3);
    expect(answers.some(({ unlikelyFrom }) => typeof unlikelyFrom === 'number')).toBe(true);
  });

  it('holds nothing that was not over and settled before', () => {
    for (const login of asked.filter((_, at) => at % 25 === 0)) {
      const untilMs = (utcDay(login.toMs) - 1) * DAY_MS;
      const known = learnOrganisation(attemptsOf(cutAt(untilMs))).organisation;

      expect(answersAt(login, known, 'app')).toEqual(answersAt(login, organisation, 'app'));
    }
  });
});

function* cutAt(untilMs: number) {
  for (const history of histories)
    yield { ...history, sightings: history.sightings.filter(({ toMs }) => toMs < untilMs) };
}

import { describe, expect, it } from 'vitest';
import { createCompany } from '../company/company.ts';
import type { AttackKind } from '../company/history.ts';
import type { Alert } from '../detector.ts';
import { attemptsOf } from './attempts.ts';
import { dayAlertsOf } from './day-alerts.ts';
import { learnOrganisation } from './organisation.ts';

const company = createCompany({ seed: 7, profile: 'employee', users: 250, days: 20, attacked: 0 });
const histories = [...company.histories()];
const attempts = attemptsOf(histories);
const byUser = dayAlertsOf(attempts, learnOrganisation(attempts));
const alerts = [...byUser.values()].flat();

const kinds = new Map(histories.flatMap(({ attacks }) => attacks.map(({ id, kind }) => [id, kind])));
const attackedBy = ({ sightings }: Alert): ReadonlySet<AttackKind | undefined> =>
  new Set(sightings.flatMap((id) => kinds.get(attempts.attackers.get(id)?.attack ?? '') ?? []));

describe('rules about many users', () => {
  it('find the spray and the stuffing of a made-up company', () => {
    const found = (rule: string) => alerts.filter((alert) => alert.rule === rule).map(attackedBy);

    expect(found('password-spray')).toContainEqual(new Set(['slow-spray']));
    expect(found('credential-stuffing')).toContainEqual(new Set(['stuffing']));
  });

  it('are about every attempt that the finding tells of, and stand at one of those who were tried', () => {
    const spray = [...byUser].flatMap(([userId, list]) =>
      list.filter(({ rule }) => rule === 'password-spray').map(({ sightings }) => ({ userId, sightings })),
    );

    expect(spray.length).toBeGreaterThan(0);
    for (const { userId, sightings } of spray) {
      expect(sightings.length).toBeGreaterThanOrEqual(50);
      expect(sightings.some((id) => id.startsWith(`${userId}:`))).toBe(true);
    }
  });

  it('stay with the account where the finding is of one alone', () => {
    for (const [userId, list] of byUser) {
      for (const { rule, sightings } of list) {
        if (rule === 'user-agent-rotation')
          expect(sightings.every((id) => id.startsWith(`${userId}:`))).toBe(true);
      }
    }
  });
});

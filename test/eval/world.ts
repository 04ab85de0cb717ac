import type { Organisation } from '../../src/engine/detect/organisation.ts';
import type { Company } from './company/company.ts';
import type { Truth } from './company/history.ts';
import type { Alert, Detector } from './detector.ts';
import { attemptsOf } from './everybody/attempts.ts';
import { dayAlertsOf } from './everybody/day-alerts.ts';
import { learnOrganisation } from './everybody/organisation.ts';
import { ourRules } from './our-rules.ts';

/** What is known of a company before its accounts are judged one by one. */
export type World = {
  readonly company: Company;
  readonly organisation: Organisation;
  readonly ours: Detector;
  /** By user, what rules about many users say. */
  readonly dayAlerts: ReadonlyMap<string, readonly Alert[]>;
  /** Of every sighting that our alerts tell of, as it gets known. */
  readonly truths: Map<string, Truth>;
};

/** Goes through the company once; what was tried is forgotten again, and what is asked of it stays. */
export function worldOf(company: Company): World {
  const attempts = attemptsOf(company.histories());
  const everybody = learnOrganisation(attempts);
  const { organisation } = everybody;
  return {
    company,
    organisation,
    ours: ourRules(organisation),
    dayAlerts: dayAlertsOf(attempts, everybody),
    truths: new Map(attempts.attackers),
  };
}

import { z } from 'zod';
import { verdict } from './finding.ts';
import { instant } from './instant.ts';
import { ruleId, severity } from './rules.ts';

/** In which the score of an incident halves, in milliseconds (detections 6.1). */
export const INCIDENT_HALF_LIFE_MS = 7 * 86_400_000;

/** `open` while one of its findings is. */
export const incidentState = z.enum(['open', 'closed']);
export type IncidentState = z.infer<typeof incidentState>;

/** What one attacker, or one habit, left behind with one person: findings grouped by where they came from. */
export const incident = z.object({
  /** Stays the same when findings join, and when incidents merge: the oldest keeps its own. */
  id: z.string(),
  state: incidentState,
  severity,
  /** 0–100, as it is now: it halves in seven days without another finding, unless it was confirmed. */
  score: z.number(),
  /** Whether it waits for an analyst: an open finding of it is at least medium and no clean-up. */
  alerting: z.boolean(),
  /** Whose it is: the user of its worst finding. */
  userId: z.string(),
  userName: z.string().nullable(),
  source: z.string(),
  personId: z.string().nullable(),
  /** The worst finding's. */
  title: z.string(),
  /** Rules of its findings, the worst first. */
  rules: z.array(ruleId),
  findings: z.number().int(),
  openFindings: z.number().int(),
  /** Keys of the sessions that its findings name. */
  sessions: z.array(z.string()),
  /** Event times of its first and its last finding. */
  firstAt: instant,
  lastAt: instant,
  assignee: z.string().nullable(),
  notes: z.number().int(),
  /** What was decided: `true-positive` when one finding is, else the latest; null until something was. */
  verdict: verdict.nullable(),
  verdictReason: z.string().nullable(),
  verdictBy: z.string().nullable(),
  verdictAt: instant.nullable(),
});
export type Incident = z.infer<typeof incident>;

export const incidentNote = z.object({ at: instant, by: z.string(), text: z.string() });
export type IncidentNote = z.infer<typeof incidentNote>;

/** An incident with what was written on it, oldest first. */
export const incidentDetail = incident.extend({ noteTexts: z.array(incidentNote) });
export type IncidentDetail = z.infer<typeof incidentDetail>;

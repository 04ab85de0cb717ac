import { underPolicy } from '../../detect/under-policy.ts';
import { defaultSettings } from '../../detect/settings.ts';
import { createSurvey, type Survey } from '../../detect/survey.ts';
import type { Db } from '../database.ts';
import type { StoredLists } from '../lists/stored-lists.ts';
import { readPolicy } from './country-policy.ts';

/**
 * The survey under the policy that is in force, to be asked for in each read transaction. What it noted of places and networks
 * is made again when the policy changes.
 */
export function createPolicySurvey(db: Db, lists: StoredLists): () => Survey {
  let { policy, revision } = readPolicy(db);
  let survey = createSurvey(underPolicy(defaultSettings, policy), lists);
  return () => {
    const stored = readPolicy(db);
    if (stored.revision === revision) return survey;
    ({ policy, revision } = stored);
    survey = createSurvey(underPolicy(defaultSettings, policy), lists);
    return survey;
  };
}

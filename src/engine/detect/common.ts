import type { Case } from './case.ts';
import type { SharedFeature } from './organisation.ts';

/**
 * The organisation prior (detections 2.2): whether enough other mature users were seen with a value in the 30 days
 * before. False where nothing is known of the organisation: only what is known lowers anything.
 */
export function isCommon(
  { organisation, facts, settings }: Case,
  feature: SharedFeature,
  value: string,
  atMs: number,
): boolean {
  const { commonUsers, commonDays } = settings.organisation;
  const others = organisation.others(feature, value, { atMs, days: commonDays, except: facts.users });
  return others !== null && others >= commonUsers;
}

/** The sentence that says so; null where it does not. */
export function commonWords(isCommonThere: boolean, { settings }: Case): string | null {
  const { commonUsers, commonDays } = settings.organisation;
  return isCommonThere
    ? `At least ${commonUsers} others of the organisation were seen there in the ${commonDays} days before, which lowers it.`
    : null;
}

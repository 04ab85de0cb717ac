import type { RevocationItemState } from '../../contract/revocation.ts';
import { defaultSettings } from '../detect/settings.ts';
import { codeOf, sessionStates } from '../query/codes.ts';
import { keyIs } from '../query/key-bytes.ts';
import type { Db } from './database.ts';
import type { OpenSweep } from './open-sweep.ts';
import type { UserNumber } from './user-number.ts';

/** A revoked session is watched for this long after its job was over (detections: response safety 7). */
const WATCHED_MS = 24 * 3_600_000;

/** States of items whose revoke the source accepted, in SQL. */
export const acceptedStates = (
  ['accepted', 'verified', 'still-present', 'unverifiable'] satisfies RevocationItemState[]
)
  .map((state) => `'${state}'`)
  .join(', ');

/**
 * Users of sessions that a complete sweep lists alive though we revoked them, once the grace is over and until they are told of: nothing
 * about such a session may have changed, so that nobody else would have them judged.
 */
export function usersToWatch(db: Db, sweep: OpenSweep, atMs: number): readonly UserNumber[] {
  return db
    .prepare<[{ source: number; since: number; at: number; grace: number }], { user: UserNumber }>(
      `SELECT DISTINCT s.user_id AS user
       FROM revocation AS job CROSS JOIN source ON source.id = @source
       CROSS JOIN revocation_item AS item ON item.revocation_number = job.number AND item.source = source.name
       CROSS JOIN session AS s ON ${keyIs('s.key', 'key_bytes(item.session_key)')}
       WHERE job.finished_at > @since AND job.finished_at + @grace * ifnull(source.poll_every, 0) < @at
         AND item.state IN (${acceptedStates}) AND s.state < ${codeOf(sessionStates, 'expired')}
         AND NOT EXISTS (SELECT 1 FROM finding_session AS named JOIN finding ON finding.id = named.finding_id
           WHERE named.session_id = s.id AND finding.rule = 'session-alive-after-revoke')`,
    )
    .all({
      source: sweep.sourceId,
      since: atMs - WATCHED_MS,
      at: sweep.startedAt,
      grace: defaultSettings.sessionState.revokeGracePolls,
    })
    .map(({ user }) => user);
}

import type { Db } from './database.ts';
import { unpackTelling, type StoredTelling } from './finding-telling.ts';
import { isListedTelling, listedEvidence } from './listed-telling.ts';
import type { EntryNumbers } from './person-rows.ts';
import { isSeenTelling, seenEvidence, type SeenBy } from './seen-telling.ts';
import { tellingBytes, type ToldFinding } from './told-finding.ts';
import { whereColumns, whereJoins, whereOf, type WhereRow } from './where.ts';

/** What is read of a finding to tell it: the columns of `tellingColumns`. */
export type TellingRow = WhereRow & {
  readonly telling: Buffer;
  readonly at: number;
  readonly source: string;
  readonly external_id: string;
};

/** Of the finding `f` with its user and source joined, and `tellingJoins`. */
export const tellingColumns = `f.telling, f.at, source.name AS source, user.external_id, ${whereColumns}`;
export const tellingJoins = whereJoins('f');

/** What a stored finding tells. */
export function readTelling(row: TellingRow): StoredTelling {
  const { telling, at, source, external_id } = row;
  return tellingOf(telling, { source, userId: external_id, atMs: at }, () => row);
}

/** How to read what findings tell that are not stored yet. Lives as long as its connection. */
export function toldTelling(db: Db): (finding: ToldFinding) => StoredTelling {
  const read = db.prepare<[...EntryNumbers], WhereRow>(
    `SELECT ${whereColumns} FROM (SELECT ? AS ip_id, ? AS place_id, ? AS network_id, ? AS agent_id, ? AS device_id) AS f
     ${tellingJoins}`,
  );
  return (finding) => tellingOf(tellingBytes(finding), finding, () => read.get(...finding.entries));
}

function tellingOf(telling: Buffer, by: SeenBy, where: () => WhereRow | undefined): StoredTelling {
  if (isListedTelling(telling)) return { words: null, evidence: listedEvidence(telling, by.atMs) };
  if (!isSeenTelling(telling)) return unpackTelling(telling);
  const row = where();
  if (row === undefined) throw new TypeError('SQLite answered no row to a statement without a condition');
  return { words: null, evidence: seenEvidence(telling, by, entriesOf(row)) };
}

function entriesOf(row: WhereRow) {
  const { ip, ipClass, networkKinds, userAgent, deviceKind, ...where } = whereOf(row);
  const { country, region, city, lat, lon, accuracyKm, asn, org } = where;
  const { browser, browserVersion, os, osVersion } = where;
  return {
    ip: ip === null || ipClass === null ? null : { address: ip, ipClass },
    place: row.place_id === null ? null : { country, region, city, lat, lon, accuracyKm },
    network: row.network_kinds === null ? null : { asn, org, kinds: networkKinds },
    device: row.device_kind === null ? null : { browser, browserVersion, os, osVersion, kind: deviceKind },
    userAgent,
  };
}

import type { ListRequest } from '../../contract/list.ts';
import type { StoreReader } from './store-reader.ts';
import type { StoreWriter } from './store-writer.ts';

/** Reads in one lane are answered in turn by each of its readers; a lane waits for no other, nor for the writer. */
export type Lane =
  /** Pages of lists and single rows: somebody is looking. */
  | 'pages'
  /** Whatever looks at as many rows as there are. */
  | 'slow'
  /** People and days before the rules: two readers, which end when nobody is judged. */
  | 'judging'
  /** What reads whole files and may take minutes. */
  | 'long';

type LaneOf<Request extends readonly unknown[]> = Lane | ((...request: Request) => Lane);

/** A page that also counts takes as long as counting does. */
const listLane = ({ total }: ListRequest): Lane => (total === false ? 'pages' : 'slow');

/** The lane of each read. */
export const readLanes: { readonly [Name in keyof StoreReader]: LaneOf<Parameters<StoreReader[Name]>> } = {
  sources: 'slow',
  sessions: listLane,
  session: 'pages',
  observations: 'pages',
  sessionText: 'slow',
  users: listLane,
  persons: 'slow',
  events: listLane,
  findings: listLane,
  incidents: listLane,
  incident: 'pages',
  suppressions: 'pages',
  previewSuppression: 'slow',
  finding: 'pages',
  count: 'slow',
  overview: 'slow',
  map: 'slow',
  planCandidates: 'slow',
  judge: 'judging',
  judgeDays: 'judging',
  reconsidered: 'slow',
  usersSince: 'slow',
  judgeCampaigns: 'slow',
  dueForJudging: 'slow',
  revocations: 'pages',
  revocation: 'pages',
  revocationSummary: 'pages',
  unfinishedRevocations: 'pages',
  audit: 'pages',
  auditFrom: 'slow',
  retention: 'pages',
  networkLists: 'pages',
  listMatches: 'pages',
  changedLists: 'pages',
  usersOnList: 'long',
  countryPolicy: 'pages',
  previewPolicy: 'slow',
  policyChange: 'long',
  checkBackup: 'long',
};

/** The lane that answers this very read. */
export function laneOf(method: string, request: readonly unknown[]): Lane {
  if (!Object.hasOwn(readLanes, method)) throw new TypeError(`the store has no read "${method}"`);
  const lane = readLanes[method as keyof StoreReader];
  return typeof lane === 'string' ? lane : (lane as (...request: readonly unknown[]) => Lane)(...request);
}

/** How much memory a write carries while it waits for the writer: a `batch` is a page of a sweep or of a file. */
export const writeLoads: { readonly [Name in keyof StoreWriter]: 'batch' | 'small' } = {
  putSource: 'small',
  removeSource: 'small',
  beginSweep: 'small',
  ingest: 'batch',
  importEvents: 'batch',
  recordImport: 'small',
  finishSweep: 'small',
  recordFailure: 'small',
  saveFindings: 'small',
  settleDays: 'small',
  concludeReconsidered: 'small',
  concludeJudging: 'small',
  decide: 'small',
  assignIncidents: 'small',
  addNote: 'small',
  addSuppression: 'small',
  endSuppression: 'small',
  linkUsers: 'small',
  unlinkUser: 'small',
  tagUser: 'small',
  createRevocation: 'small',
  recordRevocationStep: 'small',
  setRevocationState: 'small',
  markRevoked: 'small',
  appendAudit: 'small',
  setRetention: 'small',
  retain: 'small',
  concludeRetention: 'small',
  importList: 'batch',
  removeList: 'small',
  settleList: 'small',
  setPolicy: 'small',
  settlePolicy: 'small',
  giveBack: 'small',
};

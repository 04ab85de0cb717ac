import type { Severity } from '../../contract/rules.ts';

/** What the rules are tuned by. Every number of every rule is here, with where it comes from. */
export type DetectSettings = typeof defaultSettings;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The defaults. "Ours" means computed or chosen for this product; peers' numbers are from their code or documentation. */
export const defaultSettings = {
  /** Findings about older moments are not made; they were made when the moment was new. Ours: as long as the look-back. */
  judgedMs: 90 * DAY_MS,
  learning: {
    /** Older sightings teach nothing about a moment. Ours: three months cover quarterly travel. */
    lookBackMs: 90 * DAY_MS,
    /** A value is known once it was first seen this long ago, or on a second day. Ours: no attacker teaches the model in one night. */
    knownAfterMs: 24 * HOUR_MS,
    /** A user is judged in earnest this long after the first event. Microsoft documents the same 14 days for atypical travel. */
    matureAfterMs: 14 * DAY_MS,
    /** … and after this many successful logins. Ours (Microsoft documents 10). */
    matureLogins: 5,
  },
  time: {
    /** A moment this far after now is a clock problem, not a fact. Ours. */
    futureToleranceMs: 5 * MINUTE_MS,
  },
  place: {
    /** Accuracy radius over per-axis deviation: √(−2 ln 0.33), because MaxMind documents the radius as holding 67 %. */
    radiusPerSigma: 1.4891,
    /** Radius of a city record that states none. Ours: DB-IP states none; IPv6 blocks are allotted more coarsely. */
    cityRadiusKm: { 4: 50, 6: 150 },
    /** Radius of a record that names a subdivision only. Ours. */
    regionRadiusKm: 200,
    /** Country deviation = radius to the farthest border × this. Ours: R / 2; 1 is the more cautious variant. */
    countrySigmaShare: 0.5,
    /** Radius of a territory too small for Natural Earth's 1:50m shapes. Ours: atolls spread over some hundred kilometres. */
    unlistedCountryRadiusKm: 500,
    /** Coordinates this far beyond the named country's farthest border contradict it. Ours: coast lines are drawn coarsely. */
    contradictionKm: 500,
  },
  travel: {
    /** Speed of an honest person: an airliner flies 780–930 km/h. Panther fires above 900, Datadog above 1,000. */
    speedKmPerHour: 1000,
    /** Distance that needs no time at all. Ours: commuting and the error of the databases. */
    slackKm: 100,
    /** Fires from this probability on. Ours: honest pairs stay below 5 % as far as the radii are honest. */
    minProbability: 0.95,
    /** Fires from this distance on. BuffaLogs: 100 km, Datadog: 500 km; ours lies where one metropolitan area ends. */
    minDistanceKm: 300,
    /** How often the line's address is somewhere else altogether. Ours: two unknown lines may fire (0.9604), a cellular one never. */
    lineError: { fixed: 0.01, unknown: 0.02, cellular: 0.15 },
    /** A session is active around its own observations for this long. Ours. */
    activeWithinMs: 15 * MINUTE_MS,
    /** Compares a moment with at most this many places active around it; more says "not evaluable". Ours: bounds the work. */
    comparedPlaces: 16,
    /** Tells of at most this many pairs of one person, the latest. Ours: who has more is no longer read pair by pair. */
    maxFindings: 1000,
    /** Below this distance the same device on another network is only worth an info. Ours. */
    sameDeviceInfoKm: 1000,
  },
  session: {
    /** Changes in the first moments of a session belong to the login step. Ours (Elastic issue 3506 has the complaint). */
    loginStepMs: MINUTE_MS,
    /** User agents without versions that are less alike than this are of two clients. Panther's stolen-session rule uses 0.95. */
    minUserAgentSimilarity: 0.95,
  },
  organisation: {
    /** Someone was there before, and counts, this long after the first login. Ours: as long as a person takes to mature. */
    matureAfterDays: 14,
    /** Counting others stops here. Ours: no rule asks for more than 5. */
    enoughOthers: 20,
    /** Shares and norms are taken over this many settled days. Detections 4.6. */
    normDays: 30,
    /** Below this many logins a share says nothing. Ours: of 1,000 logins one in a thousand is one. */
    minLogins: 1000,
    /** With fewer days of logins a source has no norm, and what is measured by it is not evaluable. Ours. */
    minNormDays: 14,
  },
  stuffing: {
    /** Many accounts from one address: failures, accounts and span. Detections 4.6: 2.9 matches per 10,000 logins. */
    failures: 8,
    accounts: 4,
    withinMs: 5 * MINUTE_MS,
    /** Where many share an address some always fail: fires above this many times its usual share of failures. Detections 4.6. */
    timesNorm: 5,
  },
  spray: {
    /** Accounts with few tries each, from one prefix within a day. Detections 4.6: 2.2 matches per 10,000 logins. */
    accounts: 50,
    mostTries: 3,
    withinMs: DAY_MS,
    /** … and more than this many times the 95th percentile of its days. Ours, as for crowds. */
    timesNorm: 4,
  },
  crowd: {
    /** Users that log in from one prefix within an hour, and times the 95th percentile of its days. Detections 4.6. */
    users: 5,
    withinMs: HOUR_MS,
    timesNorm: 4,
  },
  rareClient: {
    /** Users of a client that has at most this share of logins. Detections 4.6. */
    users: 3,
    withinMs: DAY_MS,
    maxShare: 1e-4,
  },
  rotation: {
    /** User agents by turns on one account from one address. Detections 4.3. */
    families: 3,
    failures: 4,
    withinMs: 10 * MINUTE_MS,
  },
  attempts: {
    /** Accounts named in evidence. Ours: more is no longer read. */
    namedAccounts: 50,
    /** Logins and failures of a day, and of the one before, that are looked at: the earliest. Ours: some 100 MB. */
    mostADay: 200_000,
  },
  unlikely: {
    /** The share of logins that is told of. Detections 4.7: the top 0.5 %. */
    topShare: 0.005,
    /** Scores the threshold is taken from; fewer say nothing of the top 0.5 %. Ours: one score above it at least. */
    minScores: 200,
    /** Users whose logins are scored for the threshold, of each day. Ours: 6,000 in 30 days. */
    sampledUsers: 200,
    /** Width of the steps in which scores are counted, in natural logarithms. Ours: a factor of 1.28. */
    stepNats: 0.25,
    /** Weights of the levels. Freeman et al. 2016, as shipped by das-group/rba-algorithm (MIT). */
    weights: {
      ip: [0.6, 0.3, 0.1],
      agent: [0.53866538, 0.26804515, 0.18818295, 0.00510652],
    },
  },
  campaign: {
    /** Users that are flagged from one place within a day. Detections 4.7. */
    users: 3,
    withinMs: DAY_MS,
    /** What is merely new happens to three people of one office on any day. Ours. */
    leastSeverity: 'medium' as Severity,
  },
  /**
   * Whether addresses of the documentation ranges (RFC 5737, RFC 3849) have a place. Only in the demo company, whose
   * people live there.
   */
  documentationHasPlace: false as boolean,
};

/**
 * How far back the facts of a person must reach, in milliseconds: the oldest moment that is judged needs its own whole
 * look-back, or what was long known would turn up as new when its first sighting falls out of the facts.
 */
export const factsReachMs = defaultSettings.judgedMs + defaultSettings.learning.lookBackMs;

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
    /** A data centre this long before belongs to the same incident. detections.md 6.1. */
    incidentGapMs: 24 * HOUR_MS,
    /** Below this distance the same device on another network is only worth an info. Ours. */
    sameDeviceInfoKm: 1000,
  },
  country: {
    /** A known country that was not seen for this long has gone to sleep. detections.md 4.1. */
    dormantMs: 30 * DAY_MS,
    /** Nobody honest is in three countries within so long. Ours; Elastic: 2 in 30 minutes, Sentinel: 2 in 3 hours. */
    threeWithinMs: HOUR_MS,
    /** … and in two within so long. Ours. */
    twoWithinMs: 10 * MINUTE_MS,
    /** Two countries whose places are nearer than this count as one. Ours: border towns. */
    neighbourKm: 300,
  },
  /** Countries (ISO 3166-1 alpha-2) nobody may come from, and, unless empty, the only ones people may. Yours to fill. */
  policy: {
    deniedCountries: [] as readonly string[],
    allowedCountries: [] as readonly string[],
  },
  network: {
    /** What is told whenever it is seen (Tor, lists, hops) is told again after a pause this long. Ours: the gap that ends an incident. */
    toldAgainAfterMs: 24 * HOUR_MS,
    /** A network with less than this share of the organisation's logins is rare. Ours: 1 in 50,000. */
    rareLoginShare: 2e-5,
  },
  organisation: {
    /** A value is common when so many other mature users were seen with it … Ours. */
    commonUsers: 5,
    /** … in so many days before. Ours. */
    commonDays: 30,
    /** A value nobody was seen with for so many days is new for everybody. Cisco documents 90 for one user. */
    newDays: 90,
  },
  session: {
    /** Changes in the first moments of a session belong to the login step. Ours (Elastic issue 3506 has the complaint). */
    loginStepMs: MINUTE_MS,
    /** User agents without versions that are less alike than this are of two clients. Panther's stolen-session rule uses 0.95. */
    minUserAgentSimilarity: 0.95,
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

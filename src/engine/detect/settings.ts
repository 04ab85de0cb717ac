import { INCIDENT_HALF_LIFE_MS } from '../../contract/incident.ts';
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
  /** A rule tells of at most this many arrivals of one person, the latest. Ours: who has more is no longer read one by one. */
  maxArrivals: 1000,
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
    /** A stranger's journey fires from this probability on: it is likelier that nobody made it than that somebody did. Ours. */
    strangerProbability: 0.5,
    /** … and by air takes this much longer. Ours: doors close 15 minutes before departure, and taxiing takes another 15 to 25. */
    groundMs: 30 * MINUTE_MS,
    /** Fires from this distance on. BuffaLogs: 100 km, Datadog: 500 km; ours lies where one metropolitan area ends. */
    minDistanceKm: 300,
    /** How often the line's address is somewhere else altogether. Ours: two unknown lines may fire (0.9604), a cellular one never. */
    lineError: { fixed: 0.01, unknown: 0.02, cellular: 0.15 },
    /** A session is active around its own observations for this long. Ours. */
    activeWithinMs: 15 * MINUTE_MS,
    /** Compares a moment with at most this many places active around it; more says "not evaluable". Ours: bounds the work. */
    comparedPlaces: 16,
    /** The same two ends within this time of the last are one finding. Ours: the gap that ends an incident. */
    toldAgainAfterMs: 24 * HOUR_MS,
    /** A finding lists at most this many later journeys between its ends, and counts all. Ours: bounds its size. */
    maxRepeats: 50,
    /** Tells of at most this many pairs of one person, the latest. Ours: who has more is no longer read pair by pair. */
    maxFindings: 1000,
    /** A data centre this long before belongs to the same incident. detections.md 6.1. */
    incidentGapMs: 24 * HOUR_MS,
    /** Below this distance the same device on another network is only worth an info. Ours. */
    sameDeviceInfoKm: 1000,
  },
  carrier: {
    /** A network acts like a mobile carrier for a person who was seen there this often … Ours: a week of a phone in the pocket. */
    minSightings: 10,
    /** … at least this share of it on phones … Ours: a laptop on the phone’s hot spot as often. */
    minPhoneShare: 1 / 2,
    /** … and on phones at most this share of the time elsewhere. Ours: who mostly has a phone shows nothing by it. */
    maxPhoneShareElsewhere: 1 / 3,
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
  session: {
    /** Changes in the first moments of a session belong to the login step. Ours (Elastic issue 3506 has the complaint). */
    loginStepMs: MINUTE_MS,
    /** User agents without versions that are less alike than this are of two clients. Panther's stolen-session rule uses 0.95. */
    minUserAgentSimilarity: 0.95,
  },
  sessionUse: {
    /** One session from this many IPv4 networks … (Panther has 3 addresses in 6 hours) */
    fanOutNetworks: 3,
    /** … within this time is a fan-out. Ours: a traveller changes network now and then, not three times an hour. */
    fanOutMs: HOUR_MS,
    /** Two networks take turns when a session was at one, then at the other, then back within this time. Ours: two polls and some. */
    turnMs: 15 * MINUTE_MS,
    /** Alternations that make parallel use: there and back. Ours. */
    alternations: 2,
  },
  sessionState: {
    /** A revoked session may stay listed for this many polls. Ours: the first may have begun before the revoke was accepted. */
    revokeGracePolls: 2,
    /** The session of a source's user that is gone may stay for this long. Ours: sources clean up by the hour. */
    userGoneGraceMs: HOUR_MS,
    /** A session whose source tells logins has one within this time of its start. Ours: two clocks of one vendor. */
    loginWithinMs: 5 * MINUTE_MS,
  },
  client: {
    /** A browser is outdated this long after its major (or the last update to it) came out. Ours: vendors support one to two months, extended releases a year. */
    outdatedAfterMs: 365 * DAY_MS,
    /** Test channels are ahead of the release by up to this. Chrome documents three channels before stable, four weeks each. */
    testChannelMs: 84 * DAY_MS,
    /** A browser went back when its major fell by this much … Ours: one may be a rolled-back update. */
    rollbackMajors: 2,
    /** … below one that was used this recently. Ours. */
    rollbackWithinMs: 7 * DAY_MS,
    /** A user agent shorter than this is no browser's. Ours (detections D5). */
    minUserAgent: 15,
  },
  age: {
    /** Sessions older than this belong on the clean-up list. Ours: NIST SP 800-63B asks for a new login every 30 days at its lowest level. */
    oldWebMs: 30 * DAY_MS,
    /** The same for apps, which nobody signs out of. Ours. */
    oldAppMs: 90 * DAY_MS,
    /** A session that lives longer than this never expires in practice. Ours. */
    neverExpiresMs: 365 * DAY_MS,
    /** Unused for this long, and still valid. Ours. */
    idleMs: 14 * DAY_MS,
    /** Sessions named in a clean-up finding; the count tells of all. Ours. */
    maxNamed: 50,
    /** A clean-up finding whose sessions stay is told anew after this time. Ours: monthly, within what is judged. */
    remindMs: 30 * DAY_MS,
    /** More live sessions than this are many … Ours. */
    manySessions: 10,
    /** … if they are also more than this many times the user's median of the look-back. Ours. */
    manyTimesMedian: 3,
  },
  volume: {
    /** Failures on one account … 3.0 of 10,000 logins in the measurement of detections 7.4. */
    failures: 8,
    /** … of an administrator. Ours: fewer have it, and it is worth more. */
    administratorFailures: 5,
    /** … within this time are a brute force. */
    failuresWithinMs: 5 * MINUTE_MS,
    /** Failures on one account from several networks: 2.9 of 10,000 logins in the same measurement. */
    distributedFailures: 4,
    distributedPrefixes: 3,
    distributedWithinMs: HOUR_MS,
    /** A success after this many failures … 1.7 of 10,000 logins in the same measurement. */
    failuresBeforeSuccess: 5,
    /** … that all lie within this time before it. */
    successWithinMs: 10 * MINUTE_MS,
    /** More networks than this in a day are many … Ours. */
    networks: 6,
    /** … if they are also more than this many times the 95th percentile of the person's days. Ours. */
    networksTimesUsual: 3,
    networksWithinMs: DAY_MS,
    /** Sign-ins in an hour below which nothing is a burst. Ours. */
    burstLogins: 20,
    burstWithinMs: HOUR_MS,
    /** How improbable a burst is by the mean of the days before. Ours: once in a century of hours. */
    burstProbability: 1e-6,
    burstMeanOverMs: 28 * DAY_MS,
  },
  context: {
    /** An account that nobody used for this long sleeps. Ours; tirreno uses 30, 90 and 365 days. */
    dormantMs: 90 * DAY_MS,
    /** After this long waking up is told even from a known device and network. Ours. */
    longDormantMs: 180 * DAY_MS,
    /** An account is new for this long. Ours. */
    newAccountMs: DAY_MS,
    /** Sign-ins below which nobody has habits. Ours. */
    habitLogins: 60,
    /** Share of a person's sign-ins below which a quarter of a weekday is unusual. Ours. */
    unusualShare: 0.005,
  },
  incident: {
    /** Findings that share a trace within this time are one incident. detections 6.1. */
    gapMs: 24 * HOUR_MS,
    /** The score of an incident halves in this time without another finding, unless it was confirmed. detections 6.1. */
    halfLifeMs: INCIDENT_HALF_LIFE_MS,
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

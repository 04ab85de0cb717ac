import type { DetectSettings } from './settings.ts';

/** The parts of the settings that belong to a subject. */
export type SettingsSection = {
  [Name in keyof DetectSettings]: DetectSettings[Name] extends object ? Name : never;
}[keyof DetectSettings];

/** What each number is called where a rule is explained: the words before “: 300 km”. */
export const thresholdNames: {
  readonly [Section in SettingsSection]: Readonly<Record<keyof DetectSettings[Section], string>>;
} = {
  learning: {
    lookBackMs: 'looks back',
    knownAfterMs: 'a new value counts as known after',
    matureAfterMs: 'history a user needs before findings alert',
    matureLogins: 'logins a user needs before findings alert',
  },
  time: { futureToleranceMs: 'a clock may be ahead by' },
  place: {
    radiusPerSigma: 'standard deviations in an accuracy radius',
    cityRadiusKm: 'radius taken for a city',
    regionRadiusKm: 'radius taken for a region',
    countrySigmaShare: 'standard deviation taken for a country, of its radius',
    unlistedCountryRadiusKm: 'radius taken for a small territory',
    contradictionKm: 'coordinates contradict their country beyond its border by',
  },
  travel: {
    speedKmPerHour: 'fastest honest journey',
    slackKm: 'distance that takes no time',
    minProbability: 'fires from a probability of',
    strangerProbability: 'fires for a stranger from a probability of',
    groundMs: 'time a flight spends on the ground',
    minDistanceKm: 'fires from a distance of',
    lineError: 'how often an address is placed wrongly',
    activeWithinMs: 'a session is in use around each sighting for',
    comparedPlaces: 'places compared at a time, at most',
    toldAgainAfterMs: 'the same two places are told again after',
    maxRepeats: 'later journeys listed in a finding, at most',
    maxFindings: 'pairs of places told of one person, at most',
    incidentGapMs: 'a data centre before belongs to the same incident within',
    sameDeviceInfoKm: 'the same device is only an info below',
  },
  carrier: {
    minSightings: 'sightings that make a network like a carrier’s, at least',
    minPhoneShare: 'phones among them, at least',
    maxPhoneShareElsewhere: 'phones among sightings elsewhere, at most',
  },
  country: {
    dormantMs: 'a known country has gone to sleep after',
    threeWithinMs: 'three countries within',
    twoWithinMs: 'two countries within',
    neighbourKm: 'countries count as one if nearer than',
  },
  policy: { deniedCountries: 'denied countries', allowedCountries: 'allowed countries' },
  network: {
    toldAgainAfterMs: 'told again after a pause of',
    rareLoginShare: 'rare below a share of logins of',
  },
  organisation: {
    commonUsers: 'others who make a value common, at least',
    commonDays: 'others are counted over',
    newDays: 'new for everybody once unseen for',
    matureAfterDays: 'others count once known for',
    enoughOthers: 'others counted, at most',
    normDays: 'what is usual is taken over',
    minLogins: 'logins a share needs, at least',
    minNormDays: 'days of logins needed to say what is usual',
  },
  session: {
    loginStepMs: 'changes belong to the login for',
    minUserAgentSimilarity: 'user agents are of one client from a likeness of',
  },
  sessionUse: {
    fanOutNetworks: 'networks of one session, at least',
    fanOutMs: 'within',
    turnMs: 'there and back within',
    alternations: 'moves to and fro, at least',
  },
  sessionState: {
    revokeGracePolls: 'polls in which a revoked session may still be listed',
    userGoneGraceMs: 'a session may outlive its user by',
    loginWithinMs: 'a login and its session may be apart by',
  },
  client: {
    outdatedAfterMs: 'outdated after',
    testChannelMs: 'test channels are ahead by up to',
    rollbackMajors: 'major versions back, at least',
    rollbackWithinMs: 'the newer version was in use within',
    minUserAgent: 'characters of a browser’s user agent, at least',
  },
  age: {
    oldWebMs: 'old after',
    oldAppMs: 'old after, for apps',
    neverExpiresMs: 'never expires if it lives longer than',
    idleMs: 'idle after',
    maxNamed: 'sessions named in a finding, at most',
    remindMs: 'told anew after',
    manySessions: 'live sessions, more than',
    manyTimesMedian: 'and above the user’s median, more than',
  },
  volume: {
    failures: 'failed logins, at least',
    administratorFailures: 'of an administrator, at least',
    failuresWithinMs: 'within',
    distributedFailures: 'failed logins, at least',
    distributedPrefixes: 'networks, at least',
    distributedWithinMs: 'within',
    failuresBeforeSuccess: 'failed logins before the success, at least',
    successWithinMs: 'within',
    networks: 'networks, more than',
    networksTimesUsual: 'and above the person’s usual days, more than',
    networksWithinMs: 'within',
    burstLogins: 'logins, at least',
    burstWithinMs: 'within',
    burstProbability: 'chance of as many, less than',
    burstMeanOverMs: 'usual rate taken over',
  },
  context: {
    dormantMs: 'an account sleeps after',
    longDormantMs: 'told even of a known device and network after',
    newAccountMs: 'an account is new for',
    habitLogins: 'logins that make habits, at least',
    unusualShare: 'unusual below a share of logins of',
  },
  incident: {
    gapMs: 'findings are one incident within',
    halfLifeMs: 'the score halves in',
  },
  stuffing: {
    failures: 'failed logins, at least',
    accounts: 'accounts, at least',
    withinMs: 'within',
    timesNorm: 'and above the network’s usual share of failures, more than',
  },
  spray: {
    accounts: 'accounts, at least',
    mostTries: 'tries on each, at most',
    withinMs: 'within',
    timesNorm: 'and above the network’s usual days, more than',
  },
  crowd: {
    users: 'users, more than',
    withinMs: 'within',
    timesNorm: 'and above the network’s usual days, more than',
  },
  rareClient: {
    users: 'users, at least',
    withinMs: 'within',
    maxShare: 'the client’s share of logins, at most',
  },
  rotation: {
    families: 'kinds of client, at least',
    failures: 'failed logins, at least',
    withinMs: 'within',
  },
  attempts: {
    namedAccounts: 'accounts named in a finding, at most',
    mostADay: 'logins looked at in a day, at most',
  },
  unlikely: {
    topShare: 'share of logins that is told of',
    minScores: 'scores the threshold needs, at least',
    sampledUsers: 'users scored for the threshold each day',
    stepNats: 'width of a step of scores, in natural logarithms',
    weights: 'weights',
  },
  campaign: {
    users: 'users flagged from one place, at least',
    withinMs: 'within',
    leastSeverity: 'findings that count, from severity',
  },
};

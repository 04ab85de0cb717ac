/**
 * Every number the made-up world rests on. Shares are probabilities. Where a number is of detections.md 7.5 it says so; the
 * rest is ours, chosen before any rule was run over it and not to be changed to make a rule look better.
 */
export const assume = {
  place: {
    /** 67 % radii that records state, by weight: most lines are known to their town, some to their region only. */
    radiiKm: [
      [5, 10],
      [10, 15],
      [20, 25],
      [50, 25],
      [100, 13],
      [200, 8],
      [500, 4],
    ] as const,
    /** IPv6 blocks are allotted more coarsely. */
    ipv6RadiusFactor: 1.5,
    /** Records that are of another city altogether (7.5: 1–15 %). */
    farOutlier: { fixed: 0.01, office: 0.02, cellular: 0.15, detour: 0.03 },
    /** Of these outliers the share that stays in the country. */
    outlierInCountry: 0.8,
    /** Records of the country alone, with its middle as coordinates (7.5). */
    countryOnly: 0.05,
  },
  network: {
    /** How often the product's tables know what a line is: real ones often don't. */
    known: { fixed: 0.3, cellular: 0.6, corporate: 0.5, vpn: 0.7, hosting: 0.9, relay: 0.95, satellite: 0.8 },
    /** VPN exits that are at least known to be rented servers, of those not known as VPN. */
    vpnKnownAsHosting: 0.5,
    /** Residential proxies that a table knows. */
    residentialProxyKnown: 0.2,
    /** Providers that give their customers both address families. */
    dualStack: 0.5,
    /** Requests of a dual-stack line that leave by IPv6. */
    ipv6Share: 0.5,
    /** Mean days until a provider gives a home another prefix: daily in Germany, rarely elsewhere. */
    rotationDays: [1, 7, 30, 180] as const,
    /** Carriers let traffic out up to this far from the phone (7.5). */
    carrierGatewayKm: 400,
    /** Satellite operators land it up to this far away. */
    groundStationKm: 1500,
    /** Offices whose traffic leaves at a gateway elsewhere, up to that far away. */
    officeGatewayShare: 0.3,
    officeGatewayKm: 800,
  },
  people: {
    /** VPN users, and how much of what they do goes through it (7.5 has the first). */
    vpnUsers: 0.2,
    vpnUse: 0.3,
    vpnExitAtHome: 0.6,
    relayUsers: 0.05,
    relayUse: 0.5,
    travellers: 0.1,
    tripsInAMonth: 1.5,
    holidayMakers: 0.08,
    satelliteHomes: 0.005,
    remoteWorkers: 0.1,
    officeDaysShare: 0.6,
    /** An employee's logins that are made on the phone; consumers' devices follow 7.5. */
    corporateOnPhone: 0.3,
    consumerDevices: [
      ['mobile', 63],
      ['desktop', 25],
      ['tablet', 3],
    ] as const,
    phoneOnWifi: 0.6,
    /** A new device every 18 months, an operating system every year, a browser every 28 days (7.5). */
    deviceMonths: 18,
    robots: 0.01,
    typoBeforeLogin: 0.03,
    forgottenPasswordsInAMonth: 0.3,
    /** Logins whose session a poll goes on seeing. */
    polledSessions: 0.35,
    seenAgainInSession: 1.2,
    /** Of employees in a month: nearly a fifth of a company in a year. */
    leaversInAMonth: 0.015,
  },
  session: {
    /** Days from the last use until a source ends a session, null: never, and what it tells; a company has one of these. */
    policies: [
      { lifeDays: 7, tellsExpiry: true, tellsLastSeen: false },
      { lifeDays: 30, tellsExpiry: false, tellsLastSeen: true },
      { lifeDays: 90, tellsExpiry: true, tellsLastSeen: false },
      { lifeDays: null, tellsExpiry: true, tellsLastSeen: false },
    ] as const,
    /** Sessions that nobody signs out of: some of those who sign in all day, half of those who do now and then. */
    leftOpen: { employee: 0.04, consumer: 0.5 },
    /** The others end this long after their last use, on average. */
    signedOutAfterHours: 4,
    /** Leavers whose sessions the source forgets to end. */
    outlivesLeaver: 0.1,
  },
  flight: {
    /** Great circle over cruising speed, and two hours on the ground (7.5). */
    cruiseKmPerHour: [780, 930] as const,
    groundHours: 2,
    inFlightLogin: 0.15,
    /** Nearer than this people go by car or train. */
    fromKm: 400,
    groundKmPerHour: 90,
  },
  attack: {
    /** After a real login (7.5). */
    afterHours: [2, 72] as const,
    /** A thief of cookies sits behind a VPN or a rented server this often, else at home. */
    thiefBehindVpn: 0.5,
    /** What is left of them: how many are in the victim's country. */
    thiefInCountry: 0.25,
    sprayedAccounts: 80,
    stuffedAccounts: 30,
  },
};

const percent = (share: number) => `${Number((100 * share).toFixed(1))} %`;
const { place, network, people, session, flight, attack } = assume;

/** The same in sentences, for the page of results. */
export const assumptions: readonly string[] = [
  `A record belongs to a prefix (/24 or /48) and stays wrong as long as the prefix lives. Its error is a round normal distribution of which ` +
    `67 % lie within the radius; radii are ${place.radiiKm.map(([km, weight]) => `${km} km (${weight} %)`).join(', ')}, ` +
    `${place.ipv6RadiusFactor} times that for IPv6. Even seeds state the radius (as MaxMind does), odd ones state none (as DB-IP does).`,
  `Of another city altogether: ${percent(place.farOutlier.fixed)} of home prefixes, ${percent(place.farOutlier.office)} of office ones, ` +
    `${percent(place.farOutlier.cellular)} of carriers', ${percent(place.farOutlier.detour)} of VPNs, servers and satellites; ` +
    `${percent(place.outlierInCountry)} of them in the same country. ${percent(place.countryOnly)} of records know the country alone.`,
  `What the product's tables know of a line: fixed ${percent(network.known.fixed)}, cellular ${percent(network.known.cellular)}, a ` +
    `company's gateway ${percent(network.known.corporate)}, VPN ${percent(network.known.vpn)} (half of the rest as hosting), hosting ` +
    `${percent(network.known.hosting)}, relay ${percent(network.known.relay)}, satellite ${percent(network.known.satellite)}, residential ` +
    `proxy ${percent(network.residentialProxyKnown)}. Known or not holds for a provider as a whole.`,
  `Homes get another prefix every ${network.rotationDays.join(', ')} days on average, by provider; ${percent(network.dualStack)} of providers ` +
    `are dual stack and leave by IPv6 half of the time. Carriers let traffic out 0–${network.carrierGatewayKm} km away, satellites 0–${network.groundStationKm} km.`,
  `${percent(network.officeGatewayShare)} of offices send their traffic through a gateway 0–${network.officeGatewayKm} km away; the others ` +
    `let it out where they are. Everybody in an office shares a few addresses.`,
  `${percent(people.vpnUsers)} use a VPN for ${percent(people.vpnUse)} of their logins, with the exit in the country ${percent(people.vpnExitAtHome)} ` +
    `of the time; ${percent(people.relayUsers)} use a relay; ${percent(people.travellers)} fly ${people.tripsInAMonth} times a month; ` +
    `${percent(people.holidayMakers)} go on a holiday; ${percent(people.remoteWorkers)} live in another city than their office; ` +
    `${percent(people.satelliteHomes)} live behind a satellite; ${percent(people.robots)} of accounts are robots in several clouds.`,
  `A journey takes the great circle at ${flight.cruiseKmPerHour.join('–')} km/h and ${flight.groundHours} h more, below ${flight.fromKm} km at ` +
    `${flight.groundKmPerHour} km/h. Abroad a phone on its carrier leaves through the gateway at home; ${percent(flight.inFlightLogin)} of flights see a login by satellite.`,
  `Employees sign in 5–30 times a working day by the clocks of the city they live in, mostly from 8 to 18, ${percent(people.corporateOnPhone)} on a phone; consumers as often as in the RBA data set ` +
    `(39.7 % once, median 2, 99th percentile 28), with phones, desktops and tablets 63 : 25 : 3. Browsers update every 28 days, systems every ` +
    `year, devices change every ${people.deviceMonths} months.`,
  `A source ends a session ${session.policies.flatMap(({ lifeDays }) => lifeDays ?? []).join(', ')} days after its last use or never, by company, and ` +
    `tells when it will or when it was used or neither; employees leave ${percent(session.leftOpen.employee)} of theirs open, consumers ${percent(session.leftOpen.consumer)}, and ` +
    `sign out of the others ${session.signedOutAfterHours} h after their last use on average. Attackers never sign out. ${percent(people.leaversInAMonth)} of employees ` +
    `leave in a month; the sources forget the sessions of ${percent(session.outlivesLeaver)} of them. Nothing is revoked.`,
  `Attackers strike ${attack.afterHours.join('–')} h after a real login. Their devices come from the same shops as everybody's, so that one in four ` +
    `has the victim's system and browser by chance. Cookie thieves sit behind a VPN or a server in ${percent(attack.thiefBehindVpn)} of cases; ` +
    `${percent(attack.thiefInCountry)} are in the victim's country.`,
];

import type { RuleId } from '../../contract/rules.ts';

/**
 * What a finding of each rule looks like as JSON, made up, without the ends of a comparison: what is deflated refers back to
 * the words of its own rule in place of repeating them. The number of a rule's line stands in every finding packed with it, so a line
 * never changes, not by a letter, and none is removed: new words are a new line at the end, and of a rule's lines the last is
 * packed with.
 */
export const ruleTellingWords: readonly (readonly [rule: RuleId, words: string])[] = [
  [
    'browser-rollback',
    '["Browser went back from version 157 to 153","“ann” at “app” used “Chrome” on “Windows” (desktop) version 157 at 2026-11-18 12:00 UTC from 81.2.69.142, AS64500 “Network 64500”, and 44 hours later version 153 at 2026-11-20 08:00 UTC from 203.0.114.9, AS7 “Network 7”. That is 4 major versions back. Browsers update themselves and don’t go back; somebody who pretends to use the same one is often behind. How sure: nothing but system, device type and browser family says that both are one device. What would make it wrong: a second machine of the same kind that is used now and then, or a restored backup.",{"newer":{},"older":{},"majorsBack":4,"gapHours":44}]',
  ],
  [
    'brute-force',
    '["8 failed logins on one account","8 logins of “ann” at “app” failed between 2026-11-20 07:00 UTC and 2026-11-20 07:01 UTC, from 1 address, the first from 203.0.114.9, AS7 “Network 7”; by 2026-11-20 07:01 UTC they were too many for 5 minutes. How sure: none of them came from a device and network known for the person; forgotten passwords are tried more slowly and less often. What would make it wrong: a forgotten password, or an app or job that still has the old one.",{"failures":8,"withinMinutes":5,"addresses":1,"fromKnown":0,"first":{},"last":{}}]',
  ],
  [
    'campaign',
    '["Campaign: 3 users flagged from AS with “Chrome on Windows”","Between 2026-11-20 09:00 UTC and 2026-11-20 09:00 UTC 3 users were flagged from : “” at “”, “” at “” and 1 more. How sure: the findings are of 2 rules (impossible-travel, new-country, new-device, hosting-network, session-device-change, session-network-change, vpn-or-proxy, tor-exit, unlikely-login); that they share where they come from is what this one adds. The finding stands at “”, who was flagged first; it names the sessions of all. What would make it wrong: an office, a gateway or a carrier that these people share.",{"prefix":null,"asn":,"client":"Chrome on Windows","from":"2026-11-20T09:00:00.000Z","to":"2026-11-20T09:00:00.000Z","users":[{"source":"","userId":"","userName":""},{"source":"","userId":"","userName":""}],"rules":[""]}]',
  ],
  [
    'clock-problem',
    '["1 moment in the future","1 moment of “ann” at “app” lie in the future; the first is 2026-11-20 13:00 UTC, from 203.0.114.9, AS2 “Network 2”. Other rules leave them out until their time has come, so that nothing is found there means nothing. How sure: by the clock of this machine. Where several sources say so at once, it is the one that is wrong. What would make it wrong: the clock of this machine.",{"moments":1,"first":{},"last":{},"day":"2026-11-20"}]',
  ],
  [
    'concurrent-distant-sessions',
    '["Two sessions at once, 8,917 km apart: “Berlin”, Germany and “Tokyo”, Japan","Two sessions of “ann” at “app” were used within 15 minutes: near “Berlin”, Germany at 2026-11-20 07:00 UTC from 81.2.69.142, AS1 “Network 1” with “Chrome” on “Windows” (desktop), reported by app; and near “Tokyo”, Japan at 2026-11-20 07:15 UTC from 203.0.114.9, AS2 “Network 2” with “Safari” on “macOS” (desktop), reported by app. The places are 8,917 km apart; in that time a person gets 350 km far, and the devices are not the same. How sure: 96.0 % of honest people would have been placed closer together. Not alerted. The person is known for every one of these networks and kinds of device: databases misplace networks, and carriers and offices let traffic out far from the person. What would make it wrong: a remote desktop, a gateway or VPN that is not known as one, a session that somebody left open on a device that works by itself, or two people who share the account.",{"before":{},"after":{},"distanceKm":8917,"gapMinutes":15,"reachKm":350,"probability":0.9604,"suppression":"The person is known for every one of these networks and kinds of device: databases misplace networks, and carriers and offices let traffic out far from the person."}]',
  ],
  [
    'contradictory-user-agent',
    '["User agent contradicts itself","“ann” at “app” was seen with the user agent “Mozilla/5.0 (Windows NT 10.0; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36” at 2026-11-20 11:00 UTC, from 81.2.69.142, AS64500 “Network 64500”. It names several operating systems: Windows, Android. How sure: no browser writes that by itself; tools that make up user agents do. What would make it wrong: an extension or a privacy browser that disguises itself, or a proxy that rewrites user agents.",{"sighting":{},"contradiction":"It names several operating systems: Windows, Android.","tableReviewed":"2026-11-21"}]',
  ],
  [
    'country-hop',
    '["2 countries within 10 minutes: Ascension Island, AH","“ann” at “app” was seen in “Tokyo”, Ascension Island at 2026-11-19 12:00 UTC from 81.2.69.142, AS64500 “Network 64500”, then in “Tokyo”, AH at 2026-11-19 12:00 UTC from 81.2.69.142, AS64500 “Network 64500”. All of it within 10 minutes; places of different countries that are less than 300 km apart were counted as one. How sure: it rests on the countries of the addresses, and on no distance beyond that. Not alerted. The same device on the same network: operators let traffic out far from the person. What would make it wrong: a VPN or gateway that is not known as one, an address the database places in the wrong country, or two people who share the account.",{"stays":[{},{}],"countries":["AC","AH"],"withinMinutes":10,"suppression":"The same device on the same network: operators let traffic out far from the person."}]',
  ],
  [
    'country-policy',
    '["Against the policy: France","“ann” at “app” was seen in France at 2026-11-20 11:00 UTC: “Paris”, France, from 81.2.69.142, AS2 “Network 2”, with “Chrome” on “Windows” (desktop). Your settings name the countries that are allowed, and this one is not among them. How sure: it rests on the country of the address; networks that hide where a person is are left out. What would make it wrong: a journey somebody approved, or an address the database places in the wrong country.",{"sighting":{},"country":"FR","list":"allowed"}]',
  ],
  [
    'credential-stuffing',
    '["8 failed logins on 4 accounts from one address","From 2026-11-20 12:00 UTC on 81.2.69.142, AS64500 “Network 64500” failed 8 times on 4 accounts, at least 8 times within 5 minutes. How sure: the network has no usual share of failures to compare with. 4 accounts at “app”: “u0”, “u1”, “u2”, “u3”; none of them logged in. The finding stands at “u0”, the first that was tried; the evidence lists the others. What would make it wrong: an office or a gateway behind which many people mistype, or a program with old passwords of several people.",{"sighting":{},"day":"2026-11-20","from":"2026-11-20T12:00:00.000Z","to":"2026-11-20T12:03:30.000Z","failures":8,"logins":0,"accounts":4,"named":[{"userId":"u0","userName":"u0","failures":2,"logins":0},{"userId":"u1","userName":"u1","failures":2,"logins":0},{"userId":"u2","userName":"u2","failures":2,"logins":0},{"userId":"u3","userName":"u3","failures":2,"logins":0}],"ip":"81.2.69.142","failureShare":1,"usualFailureShare":null}]',
  ],
  [
    'distributed-brute-force',
    '["4 failed logins from 3 networks","4 logins of “ann” at “app” failed from 3 networks between 2026-11-20 07:00 UTC and 2026-11-20 07:30 UTC: 203.0.1.0/24, 203.0.2.0/24, 203.0.3.0/24. The first came from 203.0.1.9, AS7 “Network 7”. How sure: people mistype from one network; 3 networks within 60 minutes are a spread of guesses. What would make it wrong: several devices of the person with an old password, at home, at work and on the road.",{"failures":4,"networks":["203.0.1.0/24","203.0.2.0/24","203.0.3.0/24"],"networkCount":3,"withinMinutes":60,"first":{},"last":{}}]',
  ],
  [
    'dormant-account-awakes',
    '["Used again after 259 days","“ann” at “app” was used at 2026-10-10 12:00 UTC with “Chrome” on “Windows” (desktop) from 81.2.69.142, AS64500 “Network 64500”, “Berlin”, Germany. Before that the account was last used at 2026-01-24 12:00 UTC, 259 days earlier. How sure: the device is not told, or nobody knows whether it is new to the person, and the network is not told, or nobody knows whether it is new. Nobody notices when a sleeping account is taken over. What would make it wrong: a long leave, a seasonal job, or use that the source does not tell of.",{"sighting":{},"lastSeen":"2026-01-24T12:00:00.000Z","daysAsleep":259,"newDevice":null,"newNetwork":null}]',
  ],
  [
    'dormant-country',
    '["Back in Japan after 30 days","“ann” at “app” was seen in Japan at 2026-11-20 08:05 UTC: “Tokyo”, Japan, from 81.2.69.142, AS2 “Network 2”, with “Safari” on “macOS” (desktop). The country is known for this person, but was not seen for 30 days; meanwhile the person was in Germany. How sure: the device is known for this person; alone it says little. What would make it wrong: somebody who travels there now and then.",{"sighting":{},"country":"JP","countriesMeanwhile":["DE"],"unseenDays":30,"deviceKnown":true}]',
  ],
  [
    'first-login-from-anonymizer',
    '["New account used through a data centre","“ann” at “app” was used at 2026-11-19 06:00 UTC with “Chrome” on “Windows” (desktop) from 81.2.69.142, AS9 “Network 9”, which is a data centre. It is the first that is known of the account. How sure: the source was listed completely before the account turned up, so it is new there; no source tells when it was made. What would make it wrong: an account made for a service, a company gateway in a data centre (list it as corporate), or an old account that had no session before.",{"sighting":{},"kind":"hosting","first":{},"hoursLater":0}]',
  ],
  [
    'hosting-network',
    '["Through a data centre: AS5 “Network 5”","“ann” at “app” came through a data centre at 2026-11-20 04:30 UTC, from 81.2.69.142, AS5 “Network 5”, with “Chrome” on “Windows” (desktop). The databases place that address in “Potsdam”, Germany, which is not where the person is. People sit at home or in an office; what comes out of a data centre is a rented machine, a tool or a VPN. How sure: it rests on the owner of the address range; the provider was not seen with this person in the 90 days before. What would make it wrong: a company gateway or a virtual desktop that is not tagged as one, or a robot of the person’s own.",{"sighting":{},"kind":"hosting","kinds":["hosting"],"isFirst":true,"withinDays":90,"commonInOrganisation":false,"placeUnreliable":true}]',
  ],
  [
    'idle-session',
    '["1 unused session can still be used","Nobody used 1 session of “ann” at “app” for over 14 days, and they are still valid. A session that nobody misses is one that nobody notices when it is stolen. How sure: the source tells when each was last used. What would make it wrong: devices that are used now and then. End what nobody needs any more.",{"count":1,"sessions":[{"key":"live-0202","startedAt":"2026-11-19T12:00:00.000Z","lastSeenAt":"2026-11-05T12:00:00.000Z","expiresAt":"2026-11-21T12:00:00.000Z","firstObservedAt":"2026-11-19T12:00:00.000Z","device":"“Chrome” on “Windows” (desktop)","since":"2026-11-19T12:00:00.000Z"}],"afterDays":14}]',
  ],
  [
    'impossible-travel',
    '["Impossible travel: “Tokyo”, Japan to “Berlin”, Germany, 8,917 km in less than a minute","“ann” at “app” was seen near “Tokyo”, Japan (within 50 km, as the database says) at 2026-10-21 12:00 UTC from 203.0.113.9, AS7 “Network 7” with “Safari” on “macOS” (desktop), reported by app; and near “Berlin”, Germany (within 50 km, as the database says) at 2026-10-21 12:00 UTC from 81.2.69.142, AS64500 “Network 64500” with “Chrome” on “Windows” (desktop), reported by app. The places are 8,917 km apart and the times at most less than a minute. By the fastest honest trip a person gets 100 km far in that time; this one takes 8.8 hours. How sure: 96.0 % of honest people on such a trip would have been placed closer together, cut to the share of addresses that are placed right at all. Not alerted. The person is known for every one of these networks and kinds of device: databases misplace networks, and carriers and offices let traffic out far from the person. What would make it wrong: a VPN, proxy or company gateway that is not known as one, an address the database misplaces, a remote desktop, or two people who share the account.",{"from":{,"lat":35.68,"lon":139.69,"level":"city","radiusKm":50,"sigmaKm":33.58,"radiusFrom":"record","line":"unknown"},"to":{,"lat":52.52,"lon":13.405,"level":"city","radiusKm":50,"sigmaKm":33.58,"radiusFrom":"record","line":"unknown"},"distanceKm":8917,"gapHours":0,"sigmaKm":47.49,"reachKm":100,"probability":0.9604,"probabilityBeforeCap":1,"cap":0.9604,"fastestTripHours":8.82,"newDevice":false,"afterHosting":false,"suppression":"The person is known for every one of these networks and kinds of device: databases misplace networks, and carriers and offices let traffic out far from the person.","repeated":0,"sightings":[]}]',
  ],
  [
    'listed-ip',
    '["Listed address: 203.0.114.9 is on “botnets”, “mine”","“ann” at “app” came from a listed address at 2026-11-20 11:00 UTC: 203.0.114.9, AS64500 “Network 64500”, “Berlin”, Germany, with “Chrome” on “Windows” (desktop). It falls under “203.0.114.0/24”, “203.0.114.9” of “botnets”, “mine”. How sure: as sure as the list; the entry was in force at that time. What would make it wrong: an entry that is too wide, or an address that has a new owner.",{"sighting":{},"lists":["botnets","mine"],"entries":["203.0.114.0/24","203.0.114.9"]}]',
  ],
  [
    'login-burst',
    '["20 logins in a burst","“ann” at “app” signed in 20 times between 2026-11-20 07:00 UTC and 2026-11-20 07:19 UTC, the first time from 81.2.69.142, AS64500 “Network 64500”. How sure: the mean of the 28 days before is 0.0298 an hour, by which so many are less likely than one in a million. Not alerted. The user is tagged as a service account. What would make it wrong: a script or a test of the person’s own (tag the account as a service), or a client that loses its session.",{"logins":20,"meanPerHour":0.0298,"first":{},"last":{}}]',
  ],
  [
    'many-users-one-client',
    '["A rare client logged in as 3 users","From 2026-11-20 12:00 UTC on “Tool (X)” logged in as 3 users within 24 hours, from 3 addresses. How sure: none of the logins of the last 30 days came from such a client. 3 accounts at “app”: “u0”, “u1”, “u2”; all of them logged in. The finding stands at “u0”, the first whose login succeeded; the evidence lists the others. What would make it wrong: a roll-out of a new app or browser, or of new phones.",{"sighting":{},"day":"2026-11-20","from":"2026-11-20T12:00:00.000Z","to":"2026-11-20T14:00:00.000Z","failures":0,"logins":3,"accounts":3,"named":[{"userId":"u0","userName":"u0","failures":0,"logins":1},{"userId":"u1","userName":"u1","failures":0,"logins":1},{"userId":"u2","userName":"u2","failures":0,"logins":1}],"client":"Tool (X)","share":0}]',
  ],
  [
    'many-users-one-network',
    '["9 users logged in from 81.2.69.0/24 within an hour","From 2026-11-20 12:00 UTC on 9 users logged in from 81.2.69.0/24 (AS64500 “Network 64500”), more than 8 of them within an hour. How sure: on 19 of 20 days at most 2 users did. 9 accounts at “app”: “u0”, “u1”, “u2”, “u3”, “u4” and 4 more; all of them logged in. The finding stands at “u0”, the first whose login succeeded; the evidence lists the others. What would make it wrong: a new office, an event, a gateway or a carrier that many people share and that is not known as one.",{"sighting":{},"day":"2026-11-20","from":"2026-11-20T12:00:00.000Z","to":"2026-11-20T12:08:00.000Z","failures":0,"logins":9,"accounts":9,"named":[{"userId":"u0","userName":"u0","failures":0,"logins":1},{"userId":"u1","userName":"u1","failures":0,"logins":1},{"userId":"u2","userName":"u2","failures":0,"logins":1},{"userId":"u3","userName":"u3","failures":0,"logins":1},{"userId":"u4","userName":"u4","failures":0,"logins":1},{"userId":"u5","userName":"u5","failures":0,"logins":1},{"userId":"u6","userName":"u6","failures":0,"logins":1},{"userId":"u7","userName":"u7","failures":0,"logins":1},{"userId":"u8","userName":"u8","failures":0,"logins":1}],"prefix":"81.2.69.0/24","usualUsers":2}]',
  ],
  [
    'never-expiring-session',
    '["1 session that practically never expires","1 session of “ann” at “app” will not expire within a year; 1 of them have no end at all. A cookie that is stolen from such a session works until somebody ends it by hand. How sure: the source tells when sessions expire, and tells this of these. What would make it wrong: a limit that the source applies without telling, such as an idle time-out.",{"count":1,"sessions":[{"key":"live-0132","startedAt":"2026-11-19T12:00:00.000Z","lastSeenAt":"2026-11-20T12:00:00.000Z","expiresAt":null,"firstObservedAt":"2026-11-19T12:00:00.000Z","device":"“Chrome” on “Windows” (desktop)","since":"2026-11-19T12:00:00.000Z"}],"withoutEnd":1}]',
  ],
  [
    'new-country',
    '["First time in France","“ann” at “app” was seen in France at 2026-11-20 08:00 UTC: “Paris”, France, from 203.0.114.9, AS7 “Network 7”, with “Chrome” on “Linux” (desktop). In the 90 days before, the person was only seen in Germany. How sure: the device is not known for this person either. What would make it wrong: a journey, an address the database places in the wrong country, or a gateway abroad.",{"sighting":{},"country":"FR","countriesBefore":["DE"],"deviceKnown":false,"commonInOrganisation":false}]',
  ],
  [
    'new-country-for-organisation',
    '["Nobody was in Germany before","“ann” at “app” was seen in Germany at 2026-10-30 12:00 UTC: “Berlin”, Germany, from 81.2.69.142, AS64500 “Network 64500”, with “Chrome” on “Windows” (desktop). No other user with a history was seen there in the 90 days before; this person was not seen anywhere. How sure: the device is not known for this person; it rests on the country of the address alone. What would make it wrong: a journey, a new office or a new colleague there, or an address the database places in the wrong country.",{"sighting":{},"country":"DE","countriesBefore":[],"unseenDays":90,"deviceKnown":false}]',
  ],
  [
    'new-device',
    '["New device: “Chrome” on “macOS” (desktop)","“ann” at “app” was seen with “Chrome” on “macOS” (desktop) at 2026-11-20 07:00 UTC, from 81.2.69.142, AS64500 “Network 64500”, “Berlin”, Germany. In the 90 days before, the person used 1 other device and never this one. Its operating system is not known for the person either. How sure: the network and the country are nothing new for the person, or not known; people do get new devices. What would make it wrong: a new phone or laptop, another browser on an old one, or a private window where the source tells devices by a token.",{"sighting":{},"device":"macOS|desktop|Chrome","devicesBefore":1,"newSystem":true,"newBrowser":false,"newNetwork":false,"newCountry":false}]',
  ],
  [
    'new-network',
    '["First time on AS7 “Network 7”","“ann” at “app” was seen on AS7 “Network 7” at 2026-11-20 08:00 UTC: from 203.0.114.9, AS7 “Network 7”, “Paris”, France, with “Chrome” on “Windows” (desktop). In the 90 days before, the person was on AS64500, and not on this one. How sure: the device is known for this person and the city is not known; how usual the network is for others is not known. What would make it wrong: a change of provider, a hotel or café, or a phone’s hot spot.",{"sighting":{},"asn":7,"networksBefore":["64500"],"deviceKnown":true,"cityKnown":false,"loginShare":null,"suppression":null}]',
  ],
  [
    'new-os-or-browser',
    '["First time with operating system “Linux”","“ann” at “app” was seen with the operating system “Linux” at 2026-11-18 08:30 UTC (“Chrome” on “Linux” (desktop)), from 81.2.69.142, AS6 “Network 6”. In the 90 days before, the person’s operating system was “Windows”, “macOS”. How sure: it rests on what the user agent says of itself, which anybody can choose. What would make it wrong: a new device, or a second browser on an old one.",{"sighting":{},"parts":[{"part":"os","value":"Linux","others":["Windows","macOS"]}],"device":"“Chrome” on “Linux” (desktop)"}]',
  ],
  [
    'old-session',
    '["1 old session can still be used","1 session of “ann” at “app” began over 30 days ago (apps: 90 days), one of them at 2026-10-20 12:00 UTC. The longer a session lives, the longer a stolen cookie works. How sure: the source reports when sessions began; nothing says that anything is wrong with them. What would make it wrong: devices that are meant to stay signed in. End what nobody needs any more.",{"count":1,"sessions":[{"key":"live-0062","startedAt":"2026-10-20T12:00:00.000Z","lastSeenAt":"2026-11-20T12:00:00.000Z","expiresAt":"2026-11-21T12:00:00.000Z","firstObservedAt":"2026-11-19T12:00:00.000Z","device":"“Chrome” on “Windows” (desktop)","since":"2026-11-19T12:00:00.000Z"}],"afterDays":30,"appAfterDays":90}]',
  ],
  [
    'one-user-many-networks',
    '. On 19 of 20 days of the 90 before it was 2 networks at the most. How sure: addresses of one provider count once, whatever carriers do with them. What would make it wrong: a journey by train or through airports, or a VPN that changes its exit.",{"networks":["AS1","AS5","AS2","AS6","2a02:8108::/48","AS3","AS4"],"networkCount":7,"usual":2,"sightings":[{},{},{},{},{},{},{}]}]',
  ],
  [
    'outdated-client',
    '["Outdated: “Chrome” 100","“ann” at “app” was seen with “Chrome” 100 on “Windows” 10+ at 2026-11-20 11:00 UTC, from 81.2.69.142, AS64500 “Network 64500”. That version was last updated on 2022-03-29, over a year before. How sure: the versions are what the user agent says, held against a table of releases last reviewed on 2026-11-21. What would make it wrong: an extended-support release or paid updates, or a browser that states an old version to be left alone.",{"sighting":{},"browserVersion":"100","osVersion":"10+","browserLastUpdated":"2022-03-29T00:00:00.000Z","systemSupportEnded":null,"tableReviewed":"2026-11-21"}]',
  ],
  [
    'password-spray',
    '["Password spray: 60 accounts tried from 81.2.69.0/24","From 2026-11-20 09:00 UTC on logins from 81.2.69.0/24 (first 81.2.69.0, AS64500 “Network 64500”) failed on 60 accounts within 24 hours, on most at most 3 times. How sure: on 19 of 20 days it fails on at most 0 accounts. 60 accounts at “app”: “u0”, “u1”, “u2”, “u3”, “u4” and 55 more; none of them logged in. The finding stands at “u0”, the first that was tried; the evidence lists the others. What would make it wrong: an office or a provider that many people share on a day on which passwords ran out, or a source that was down.",{"sighting":{},"day":"2026-11-20","from":"2026-11-20T09:00:00.000Z","to":"2026-11-20T09:59:00.000Z","failures":60,"logins":0,"accounts":60,"named":[{"userId":"u0","userName":"u0","failures":1,"logins":0},{"userId":"u1","userName":"u1","failures":1,"logins":0},{"userId":"u2","userName":"u2","failures":1,"logins":0},{"userId":"u3","userName":"u3","failures":1,"logins":0},{"userId":"u4","ufailures":1,"logins":0},{"userId":"u46","userName":"u46","failures":1,"logins":0},{"userId":"u47","userName":"u47","failures":1,"logins":0},{"userId":"u48","userName":"u48","failures":1,"logins":0},{"userId":"u49","userName":"u49","failures":1,"logins":0}],"prefix":"81.2.69.0/24","usualAccounts":0}]',
  ],
  [
    'private-ip',
    '["“app” sees addresses from inside a network","“ann” at “app” was seen at 2026-10-21 06:05 UTC from 81.2.69.142, which is of the kind “private” and can’t come over the internet. Rules about places and networks say nothing of what “app” reports that way. How sure: the address itself says so. If the service is reached over the internet, a proxy in front of it does not hand on the address of its client (X-Forwarded-For). What would make it wrong: a service that is reached from inside only.",{"sighting":{},"source":"app","ipClass":"private"}]',
  ],
  [
    'relay-or-satellite',
    '["Through a privacy relay: AS9 “Network 9”","“ann” at “app” came through a privacy relay at 2026-11-20 11:00 UTC, from 81.2.69.142, AS9 “Network 9”, with “Chrome” on “Windows” (desktop). The databases place that address in “Berlin”, Germany, which is not where the person is. The place is unreliable: rules about places leave this out, and so should you. How sure: that the network is one rests on published lists of its addresses. What would make it wrong: a provider that has lines of another kind under the same number.",{"sighting":{},"kind":"relay","kinds":["relay"],"isFirst":true,"withinDays":90,"commonInOrganisation":false,"placeUnreliable":true}]',
  ],
  [
    'scripted-client',
    '["Used by a program: “򣵜񢒶丕󅍭񓪋󐭂”","The account of “ann” at “app” was used by “򣵜񢒶丕󅍭񓪋󐭂” at 2026-11-20 06:07 UTC, from no address, an unknown network. That is no browser and no app. People sign in with those; stolen cookies and passwords are often tried out with scripts. How sure: no browser has so short a user agent; some privacy tools and old devices do. What would make it wrong: an account that a service uses (tag it so), or a script of the person’s own.",{"sighting":{},"program":"򣵜񢒶丕󅍭񓪋󐭂","isKnownProgram":false}]',
  ],
  [
    'session-alive-after-revoke',
    '["Session is alive after its revocation","A session of “ann” at “app” with “Chrome” on “Windows” (desktop) was revoked by 2026-11-20 11:00 UTC, and the source accepted that. It was still listed as alive over 2 minutes later. Its access lives until 2026-11-21 12:00 UTC unless it is ended. How sure: a complete listing of the source shows it, and two polls were left for the revoke to work. What would make it wrong: a source that keeps ended sessions in its list. End it again, and by hand where that does not help.",{"session":"k","revokedAt":"2026-11-20T11:00:00.000Z","expiresAt":"2026-11-21T12:00:00.000Z","lastSeenAt":"2026-11-20T12:00:00.000Z","graceMinutes":2}]',
  ],
  [
    'session-device-change',
    '["One session, two devices: “Chrome” on “macOS” (desktop), then “Chrome” on “Android” (mobile)","A session of “ann” at “app” was used with “Chrome” on “macOS” (desktop) at 2026-11-20 07:00 UTC from 81.2.69.142, AS64500 “Network 64500”, “Berlin”, Germany, and then with “Chrome” on “Android” (mobile) at 2026-11-20 08:00 UTC from 203.0.114.9, AS7 “Network 7”, “Paris”, France. What changed: operating system, device type, user agent. A session stays on the device that signed in, unless its cookie is copied. How sure: the two user agents without their versions are 43.7 % alike. What would make it wrong: a browser that changes how it presents itself (desktop mode, privacy extensions, a test tool), or a source that reuses session ids.",{"before":{},"after":{},"changed":["operating system","device type","user agent"],"userAgentSimilarity":0.4375,"suppression":null}]',
  ],
  [
    'session-ip-fan-out',
    '["One session from 3 networks within 60 minutes","A session of “ann” at “app” was used from 3 networks up to 2026-11-20 07:40 UTC: 81.2.1.9, AS1 “Network 1” at 2026-11-20 07:00 UTC; 81.2.2.9, AS2 “Network 2” at 2026-11-20 07:20 UTC; 81.2.3.9, AS3 “Network 3” at 2026-11-20 07:40 UTC. How sure: addresses of one provider are counted once and relays not at all, so this is not a carrier’s pool. What would make it wrong: a journey with a phone between WiFi, carrier and VPN, or a gateway that leaves through several providers.",{"networks":["AS1","AS2","AS3"],"sightings":[{},{},{}]}]',
  ],
  [
    'session-network-change',
    '["Session moved from Germany to France, to a network new for the person","A session of “ann” at “app” was used from 81.2.69.142, AS64500 “Network 64500”, “Berlin”, Germany, at 2026-11-20 07:00 UTC with “Firefox” on “Linux” (desktop), and 60 minutes later from 203.0.114.9, AS7 “Network 7”, “Paris”, France, at 2026-11-20 08:00 UTC with “Chrome” on “Windows” (desktop). Both network and country changed, and AS7 “Network 7” was not known for this person at that time. How sure: it rests on the registered country and number of the networks, not on distances; a network counts as known once it was first seen 24 hours before, or on two days. What would make it wrong: a traveller who kept the session open, a VPN switched on, or a phone that roams.",{"before":{},"after":{},"gapMinutes":60}]',
  ],
  [
    'session-outlives-user',
    '["1 session of a user who is gone","The source says that “ann” at “app” is disabled, deleted or unknown, since 2026-11-20 11:00 UTC as far as polls can tell, and still lists 1 live session. Whoever holds such a session is still inside, and nobody looks after the account any more. How sure: it is the source that says both; 60 minutes was left for it to end them. What would make it wrong: a source that checks users at each request and lists what no longer works.",{"count":1,"sessions":[{"key":"live-0272","startedAt":"2026-11-19T12:00:00.000Z","lastSeenAt":"2026-11-20T12:00:00.000Z","expiresAt":"2026-11-21T12:00:00.000Z","firstObservedAt":"2026-11-19T12:00:00.000Z","device":"“Chrome” on “Windows” (desktop)","since":"2026-11-20T12:00:00.000Z"}],"graceMinutes":60}]',
  ],
  [
    'session-parallel-use',
    '["One session is used in two networks by turns","A session of “ann” at “app” was used by turns from 81.2.2.9, AS2 “Network 2”, “Berlin”, Germany, with “Chrome” on “Windows” (desktop), and from 81.2.1.9, AS1 “Network 1”, “Berlin”, Germany, with “Chrome” on “Windows” (desktop): it went to and fro 2 times up to 2026-11-20 07:02 UTC, each time within 15 minutes. One person is in one network at a time; a copied cookie is used beside its owner. How sure: addresses of one provider count as one network, so this is no switch between IPv4 and IPv6. Not alerted. Both networks were known for the person: a phone moves between them. What would make it wrong: a device at the edge of a WiFi, a VPN that drops and comes back, or a gateway with two providers.",{"before":{},"after":{},"alternations":2,"withinMinutes":15,"suppression":"Both networks were known for the person: a phone moves between them."}]',
  ],
  [
    'session-without-login',
    '["A session began without a login","A session of “ann” at “app” began at 2026-11-20 07:00 UTC with “Chrome” on “Windows” (desktop) from 81.2.69.142, AS64500 “Network 64500”, “Berlin”, Germany. The source tells of logins, but of none for this user within 5 minutes of that; the last one before was 43 hours earlier. How sure: that a login is missing is sure only as far as the source tells of every login. What would make it wrong: sign-in through another system (SSO), an administrator who acts for the user, or gaps in the login history.",{"sighting":{},"hoursSinceLogin":43,"withinMinutes":5}]',
  ],
  [
    'success-after-failures',
    '["Success after 5 failed logins","“ann” at “app” signed in at 2026-11-20 07:05 UTC with “Chrome” on “Windows” (desktop) from 203.0.114.9, AS64500 “Network 64500”, “Berlin”, Germany, after 5 failed logins in the 10 minutes before, the first from 81.2.69.142, AS64500 “Network 64500”. How sure: the network is not known for the person by then, and the device is known; a guess may have been right. What would make it wrong: a forgotten password, tried from a new device or on the road.",{"success":{},"failures":5,"withinMinutes":10,"firstFailure":{},"networkKnown":false,"deviceKnown":true}]',
  ],
  [
    'too-many-sessions',
    '["11 live sessions, usually 2","“ann” at “app” has 11 live sessions; the median of the days before is 2. Many sessions at once come from automation, from shared accounts, and from somebody who signs in again and again. How sure: how many there were on a day is counted from what polls and logins told; sessions that came and went between two polls are missing in it. What would make it wrong: a client that forgets its session, or a source that never ends any.",{"count":11,"sessions":[{"key":"live-0290","startedAt":"2026-10-01T12:00:00.000Z","lastSeenAt":"2026-11-20T12:00:00.000Z","expiresAt":"2026-11-21T12:00:00.000Z","firstObservedAt":"2026-10-01T12:00:00.000Z","device":"“Chrome” on “Windows” (desktop)","since":"2026-10-01T12:00:00.000Z"},{"key":"live-0291","startedAt":"2026-10-01T12:00:00.000Z","lastSeenAt":"2026-11-20T12:00:00.000Z","expiresAt":"2026-11-21T12:00:00.000Z","firstObservedAt":"2026-10-01T12:00:00.000Z","device":"“Chrome” on “Windows” (desktop)","since":"2026-10-01T12:00:00.000Z"},{"key":"live-0292","startedAt":"2026-11-20T11:00:00.000Z","lastSeenAt":"2026-11-20T12:00:00.000Z","expiresAt":"2026-11-21T12:00:00.000Z","firstObservedAt":"2026-11-20T11:00:00.000Z","device":"“Chrome” on “Windows” (desktop)","since":"2026-11-20T11:00:00.000Z"},{"key":"live-0293","startedAt":026-11-20T11:00:00.000Z"},{"key":"live-0300","startedAt":"2026-11-20T11:00:00.000Z","lastSeenAt":"2026-11-20T12:00:00.000Z","expiresAt":"2026-11-21T12:00:00.000Z","firstObservedAt":"2026-11-20T11:00:00.000Z","device":"“Chrome” on “Windows” (desktop)","since":"2026-11-20T11:00:00.000Z"}],"median":2}]',
  ],
  [
    'tor-exit',
    '["Through Tor: AS6 “Network 6”","“ann” at “app” came through Tor at 2026-11-20 10:50 UTC, from 81.2.69.142, AS6 “Network 6”, with “Chrome” on “Linux” (desktop). The databases place that address in “Berlin”, Germany, which is not where the person is. Tor hides who is behind an address; few people sign in to work that way, and many attackers do. In the 90 days before, the person was not seen there. How sure: exits are listed publicly; the address was known as one at that time. What would make it wrong: a person who uses the Tor browser on principle, or a list that was out of date.",{"sighting":{},"kind":"tor","kinds":["hosting","tor"],"isFirst":true,"withinDays":90,"commonInOrganisation":false,"placeUnreliable":true}]',
  ],
  [
    'unlikely-login',
    '["Unlikely login: a user who seldom logs in","“ann” at “app” logged in at 2026-11-16 12:00 UTC from 81.2.69.142, AS64500 “Network 64500” with “Chrome” on “Windows” (desktop). Compared with the 30 earlier logins of this user and the 10,000 logins of everybody in 90 days, largest first: How often this user logs in raises the risk 3.3 times: 0.3 % of all logins are of one of 100 users. Where it came from lowers the risk 16 times: this address at 27 of 30 own logins and 1.0 % of everybody’s, this network (ASN) at 27 of 30 own logins and 1.0 % of everybody’s, this country at 27 of 30 own logins and 50.0 % of everybody’s. What was used lowers the risk 113 times: this very user agent at 27 of 30 own logins and 1.0 % of everybody’s, this version of the browser at 27 of 30 own logins and 1.0 % of everybody’s, this version of the system at 27 of 30 own logins and 1.0 % of everybody’s, this type of device at 30 of 30 own logins and 1.0 % of everybody’s. How sure: it ranks among the 0.5 % least likely logins of the source in the 30 days before; that is a rank and no probability. The device and the network are known for this person. What would make it wrong: a new device, a journey or a new provider of the user’s own.",{"sighting":{},"logRisk":-6.282,"unlikelyFrom":-20,"contributions":[{"feature":"user","logRisk":1.204,"title":"a user who seldom logs in","words":"How often this user logs in raises the risk 3.3 times: 0.3 % of all logins are of one of 100 users."},{"feature":"network","logRisk":-2.755,"title":"from an unusual network","words":"Where it came from lowers the risk 16 times: this address at 27 of 30 own logins and 1.0 % of everybody’s, this network (ASN) at 27 of 30 own logins and 1.0 % of everybody’s, this country at 27 of 30 own logins and 50.0 % of everybody’s."},{"feature":"client","logRisk":-4.731,"title":"with an unusual client","words":"What was used lowers the risk 113 times: this very user agent at 27 of 30 own logins and 1.0 % of everybody’s, this version of the browser at 27 of 30 own logins and 1.0 % of everybody’s, this version of the system at 27 of 30 own logins and 1.0 % of everybody’s, this type of device at 30 of 30 own logins and 1.0 % of everybody’s."}],"ownLogins":30,"allLogins":10000,"users":100}]',
  ],
  [
    'unusual-hour',
    '["Signed in at 00 h at night","“ann” at “app” signed in at 2026-10-27 23:00 UTC, which is 2026-10-28 00:00 UTC+1 by the longitude of home, from 81.2.69.142, AS64500 “Network 64500”. Of 1,355 sign-ins in the 90 days before, 0 were in the night of that weekday: a share of 0.0 % with one added to each quarter of a day. How sure: not very. Clocks may differ from the sun by an hour or two, and people do work at night now and then. What would make it wrong: a journey to another time zone, a night shift, or an incident.",{"sighting":{},"zoneHours":1,"localHour":0,"signIns":1355,"inThisQuarter":0,"share":0.000723}]',
  ],
  [
    'user-agent-rotation',
    '["3 kinds of browser by turns, and 4 failed logins","From 2026-11-20 12:00 UTC on one account was tried from 81.2.69.142, AS64500 “Network 64500” with 3 kinds of client within 10 minutes: “Chrome on Android”, “Chrome on Windows”, “Safari on macOS”; 4 logins failed. How sure: nobody changes the browser and the system from one try to the next. 1 account at “app”: “u”; none of them logged in. What would make it wrong: a test of browsers, or a person who tries each of several devices on the same desk.",{"sighting":{},"day":"2026-11-20","from":"2026-11-20T12:00:00.000Z","to":"2026-11-20T12:03:00.000Z","failures":4,"logins":0,"accounts":1,"named":[{"userId":"u","userName":"u","failures":4,"logins":0}],"ip":"81.2.69.142","families":["Chrome on Android","Chrome on Windows","Safari on macOS"]}]',
  ],
  [
    'vpn-or-proxy',
    '["Through a VPN: AS3 “Network 3”","“ann” at “app” came through a VPN at 2026-11-20 05:50 UTC, from 81.2.69.142, AS3 “Network 3”, with “Chrome” on “Windows” (desktop). The databases place that address in “Berlin”, Germany, which is not where the person is. In the 90 days before, the person was not seen behind any VPN or proxy. How sure: that the network is one rests on databases, the source or a list; who is behind it, nobody can tell. What would make it wrong: a VPN the person switched on for privacy or travel, or a gateway of the company that is not tagged as one.",{"sighting":{},"kind":"vpn","kinds":["vpn"],"isFirst":true,"withinDays":90,"commonInOrganisation":false,"placeUnreliable":true}]',
  ],
  // Rules that tell their words from the evidence: of these it alone is stored, beside what was stored before.
  [
    'idle-session',
    '{"count":2,"sessions":[{"key":"abcdefghijklmnopqrstuvwxyz","startedAt":"2026-10-19T12:00:00.000Z","device":"“Mobile Safari” on “iOS” (mobile)","since":"2026-11-18T12:00:00.000Z"},{"key":"zyxwvutsrqponmlkjihgfedcba","startedAt":"2026-09-19T12:00:00.000Z","device":"“Chrome” on “Windows” (desktop)","since":"2026-10-19T12:00:00.000Z"}],"afterDays":14}',
  ],
  [
    'never-expiring-session',
    '{"count":2,"sessions":[{"key":"abcdefghijklmnopqrstuvwxyz","startedAt":"2026-10-19T12:00:00.000Z","device":"“Mobile Safari” on “iOS” (mobile)","since":"2026-11-18T12:00:00.000Z"},{"key":"zyxwvutsrqponmlkjihgfedcba","startedAt":"2026-09-19T12:00:00.000Z","device":"“Chrome” on “Windows” (desktop)","since":"2026-10-19T12:00:00.000Z"}],"withoutEnd":1,"isAdministrator":false}',
  ],
  [
    'new-country',
    '{"sighting":{"sighting":"obs:abcdefghijklmnopqrstuvwxyz:2","kind":"activity","source":"app","session":"abcdefghijklmnopqrstuvwxyz","notBefore":"2026-11-18T00:00:00.000Z","at":"2026-11-18T12:00:00.000Z","ip":"81.2.69.142","country":"US","region":"California","city":"Berlin","asn":64500,"org":"Network 64500","networkKinds":[],"browser":"Edge","os":"Windows","deviceKind":"desktop","userAgent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36 Edg/147.0.0.0"},"country":"FR","countriesBefore":["DE"],"deviceKnown":false,"commonInOrganisation":false,"lowering":null}',
  ],
  [
    'new-device',
    '{"sighting":{"sighting":"obs:abcdefghijklmnopqrstuvwxyz:2","kind":"activity","source":"app","session":"abcdefghijklmnopqrstuvwxyz","notBefore":"2026-11-18T00:00:00.000Z","at":"2026-11-18T12:00:00.000Z","ip":"81.2.69.142","country":"US","region":"California","city":"Berlin","asn":64500,"org":"Network 64500","networkKinds":[],"browser":"Edge","os":"Windows","deviceKind":"desktop","userAgent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36 Edg/147.0.0.0"},"device":"Windows|desktop|Edge","devicesBefore":2,"newSystem":true,"newBrowser":true,"newNetwork":false,"newCountry":false}',
  ],
  [
    'new-network',
    '{"sighting":{"sighting":"obs:abcdefghijklmnopqrstuvwxyz:2","kind":"activity","source":"app","session":"abcdefghijklmnopqrstuvwxyz","notBefore":"2026-11-18T00:00:00.000Z","at":"2026-11-18T12:00:00.000Z","ip":"81.2.69.142","country":"US","region":"California","city":"Berlin","asn":64500,"org":"Network 64500","networkKinds":[],"browser":"Edge","os":"Windows","deviceKind":"desktop","userAgent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36 Edg/147.0.0.0"},"asn":64500,"networksBefore":["12472","15422"],"deviceKnown":true,"cityKnown":true,"loginShare":0.0000550388,"isRare":false,"suppression":"The city and the device are known: people change their provider."}',
  ],
  [
    'old-session',
    '{"count":2,"sessions":[{"key":"abcdefghijklmnopqrstuvwxyz","startedAt":"2026-10-19T12:00:00.000Z","device":"“Mobile Safari” on “iOS” (mobile)","since":"2026-11-18T12:00:00.000Z"},{"key":"zyxwvutsrqponmlkjihgfedcba","startedAt":"2026-09-19T12:00:00.000Z","device":"“Chrome” on “Windows” (desktop)","since":"2026-10-19T12:00:00.000Z"}],"oldestAt":"2026-09-19T12:00:00.000Z","isAdministrator":false,"afterDays":30,"appAfterDays":90}',
  ],
  [
    'private-ip',
    '{"sighting":{"sighting":"obs:abcdefghijklmnopqrstuvwxyz:2","kind":"activity","source":"app","session":"abcdefghijklmnopqrstuvwxyz","notBefore":"2026-11-18T00:00:00.000Z","at":"2026-11-18T12:00:00.000Z","ip":"10.0.0.1","country":null,"region":null,"city":null,"asn":null,"org":null,"networkKinds":[],"browser":"Edge","os":"Windows","deviceKind":"desktop","userAgent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36 Edg/147.0.0.0"},"source":"app","ipClass":"private"}',
  ],
  [
    'session-outlives-user',
    '{"count":2,"sessions":[{"key":"abcdefghijklmnopqrstuvwxyz","startedAt":"2026-10-19T12:00:00.000Z","device":"“Mobile Safari” on “iOS” (mobile)","since":"2026-11-18T12:00:00.000Z"},{"key":"zyxwvutsrqponmlkjihgfedcba","startedAt":"2026-09-19T12:00:00.000Z","device":"“Chrome” on “Windows” (desktop)","since":"2026-10-19T12:00:00.000Z"}],"goneAt":"2026-11-18T11:00:00.000Z","graceMinutes":60}',
  ],
  [
    'too-many-sessions',
    '{"count":2,"sessions":[{"key":"abcdefghijklmnopqrstuvwxyz","startedAt":"2026-10-19T12:00:00.000Z","device":"“Mobile Safari” on “iOS” (mobile)","since":"2026-11-18T12:00:00.000Z"},{"key":"zyxwvutsrqponmlkjihgfedcba","startedAt":"2026-09-19T12:00:00.000Z","device":"“Chrome” on “Windows” (desktop)","since":"2026-10-19T12:00:00.000Z"}],"median":2}',
  ],
];

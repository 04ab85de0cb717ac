/** One end of a comparison, as evidence has it; the commonest words and what they stand beside. */
const end =
  '"sighting":"start:","kind":"start","source":"","session":"","notBefore":"2026-11-21T12:00:00.000Z",' +
  '"at":"2026-11-21T12:00:00.000Z","ip":"","country":"","region":null,"city":"","asn":,"org":"","networkKinds":[],' +
  '"browser":"Chrome","os":"Windows","deviceKind":"desktop","userAgent":null';

/** Networks, systems and browsers as evidence and user agents name them. */
const names = [
  '"hosting","vpn","proxy","cellular","corporate","mobile","tablet","unknown","Firefox","Edge","Safari","Mobile Safari",',
  '"Linux","macOS","iOS","Android","radiusFrom":"record","level":"country","region","line":"line","gateway",',
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1"',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36"',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15"',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"',
].join('');

/**
 * What findings of all rules have in common. Like the words below, and those of each rule (`rule-telling-words.ts`), they never
 * change, not by a letter, because stored findings were packed with exactly these.
 */
export const commonTellingWords = `${names}{${end}}`;

/** The words everything was packed with at first, each rule's once, the commonest last. */
export const tellingWords = [
  names,
  // session-device-change
  '["Session changed its device","A session of “” at “” was used with “Chrome” on “Windows” (desktop) at 2026-11-21 12:00 UTC from , ',
  'and then with . What changed: . A session stays on the device that signed in, unless its cookie is copied. How sure: there is ',
  'no user agent on both sides to compare. How sure: the two user agents without their versions are  % alike. What would make it ',
  'wrong: a browser that changes how it presents itself (desktop mode, privacy extensions, a test tool), or a source that reuses ',
  'session ids.",{"before":{"},"after":{',
  // session-network-change
  '["Session moved from  to , to a network new for the person","A session of “” at “” was used from  hours later from . Both network ',
  'and country changed, and AS was not known for this person at that time. How sure: it rests on the registered country and number ',
  'of the networks, not on distances; a network counts as known once it was first seen 24 hours before, or on two days. What would ',
  'make it wrong: a traveller who kept the session open, a VPN switched on, or a phone that roams.",{"before":{"},"gapMinutes":',
  // new-country
  '["First time in Germany","“” at “” was seen in United States at 2026-11-21 12:00 UTC: “”, United Kingdom, from , AS “”, with “Chrome” on ',
  '“Windows” (desktop). In the 90 days before, the person was only seen in . How sure: the device is not known for this person ',
  'either. How sure: the device is known for this person, which speaks for a journey. What would make it wrong: a journey, an ',
  `address the database places in the wrong country, or a gateway abroad.",{"sighting":{${end}},"country":"","countriesBefore":[""],`,
  '"deviceKnown":true}]',
  // impossible-travel
  '["Impossible travel: “”, United States to “”, Germany,  km in 2.5 hours","“” at “” was seen near “”, United States (within 50 km, ',
  'assumed for a city) at 2026-11-21 12:00 UTC from , AS “” with “Chrome” on “Windows” (desktop), reported by ; and near “”, Germany ',
  '(within 50 km, as the database says (somewhere in the country, up to  km from its middle) at 2026-11-21 12:00 UTC from , AS “” with ',
  '“Mobile Safari” on “iOS” (mobile), reported by . The places are  km apart and the times at most  minutes. By the fastest honest trip ',
  'a person gets  km far in that time; this one takes  hours. How sure: 96.0 % of honest people on such a trip would have been placed ',
  'closer together, cut to the share of addresses that are placed right at all. One of the two devices is new for this person. It is ',
  'the same device, and the distance may be an error of the database. Not alerted. What would make it wrong: a VPN, proxy or company ',
  'gateway that is not known as one, an address the database misplaces, a remote desktop, or two people who share the account.",',
  `{"from":{${end},"lat":,"lon":,"level":"city","radiusKm":50,"sigmaKm":33.58,"radiusFrom":"assumed","line":"unknown"},`,
  '"to":{"sighting":"obs:","kind":"activity","distanceKm":,"gapHours":,"sigmaKm":47.49,"reachKm":,"probability":0.9604,',
  '"probabilityBeforeCap":1,"cap":0.9604,"fastestTripHours":,"newDevice":false,"suppression":null}]',
].join('');

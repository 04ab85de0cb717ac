import { z } from 'zod';

/** What an address is, before any database is asked. Only `public` addresses have a place and a network. */
export const ipClass = z.enum([
  'public',
  'private',
  'loopback',
  'link-local',
  'carrier-nat',
  'unique-local',
  'documentation',
  'multicast',
  'reserved',
]);
export type IpClass = z.infer<typeof ipClass>;

/** The closed list of network kinds; an empty list means that none is known. */
export const networkKind = z.enum([
  'fixed',
  'cellular',
  'corporate',
  'hosting',
  'vpn',
  'proxy',
  'residential-proxy',
  'tor',
  'relay',
  'satellite',
]);
export type NetworkKind = z.infer<typeof networkKind>;

export const deviceKind = z.enum(['desktop', 'mobile', 'tablet', 'app', 'script', 'bot', 'unknown']);
export type DeviceKind = z.infer<typeof deviceKind>;

/** The keys every row with an address carries: where it is and whose network. Unknown is null. */
export const whereKeys = {
  ip: z.string().nullable(),
  ipClass: ipClass.nullable(),
  /** ISO 3166-1 alpha-2. */
  country: z.string().nullable(),
  region: z.string().nullable(),
  city: z.string().nullable(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  /** Radius in kilometres that holds the true place with 67 %; null when the database states none. */
  accuracyKm: z.number().nullable(),
  placeFrom: z.enum(['source', 'database']).nullable(),
  asn: z.number().int().nullable(),
  org: z.string().nullable(),
  networkKinds: z.array(networkKind),
};

/** The keys every row with a user agent carries. Unknown is null. */
export const deviceKeys = {
  userAgent: z.string().nullable(),
  browser: z.string().nullable(),
  browserVersion: z.string().nullable(),
  os: z.string().nullable(),
  osVersion: z.string().nullable(),
  deviceKind,
};

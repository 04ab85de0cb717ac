import { deviceKeyOf } from '../enrich/device-key.ts';
import type { Device } from '../whereabouts.ts';
import type { Sighting } from './facts.ts';
import { remembered } from './remembered.ts';

/** The device key of a sighting (detections 2.3): a device token where there is one; null when nothing is known. */
export function deviceKeyOfSighting({ device, deviceToken }: Sighting): string | null {
  if (deviceToken != null) return `token ${deviceToken}`;
  if (device === null || (device.os === null && device.browser === null)) return null;
  return knownKey(device).key;
}

/** Devices repeat by the thousand, and the key is asked for at each sighting. */
const knownKey = remembered((device: Device) => ({ key: deviceKeyOf(device) }));

/** Operating system and browser family, never a version; null when neither is known. */
export function userAgentFamilyOf({ device }: Pick<Sighting, 'device'>): string | null {
  if (device === null || (device.os === null && device.browser === null)) return null;
  return `${device.browser ?? '?'} on ${device.os ?? '?'}`;
}

/**
 * Why two sightings are of one device (detections 3.6): the same token; weaker, the same key on the same network; null
 * when nothing says so. The same session is no reason: a stolen cookie moves too.
 */
export function deviceContinuity(a: Sighting, b: Sighting): 'token' | 'key-and-network' | null {
  if (a.deviceToken != null && b.deviceToken != null) return a.deviceToken === b.deviceToken ? 'token' : null;
  if (!isSameNetwork(a, b)) return null;
  const key = deviceKeyOfSighting(a);
  return key !== null && key === deviceKeyOfSighting(b) ? 'key-and-network' : null;
}

/** Whether two sightings came through one autonomous system; an unknown one is nobody's. */
export function isSameNetwork(a: Sighting, b: Sighting): boolean {
  return a.network?.asn != null && a.network.asn === b.network?.asn;
}

import type { Device } from '../whereabouts.ts';

/**
 * What stays the same through updates: OS family, kind of device and browser family, never a version (detections
 * 2.3). Two sessions of one key may still be two machines.
 */
export function deviceKeyOf(device: Device): string {
  return [device.os, device.kind, device.browser].map((part) => part ?? '?').join('|');
}

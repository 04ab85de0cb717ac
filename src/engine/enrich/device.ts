import { UAParser } from 'ua-parser-js';
import type { DeviceKind } from '../../contract/place.ts';
import { knownClient, productOf } from './client-table.ts';
import type { Device } from '../whereabouts.ts';
import { isDesktopSystem, osName, osVersion } from './operating-system.ts';

/** Header texts are hostile: what is behind this many characters is not read. */
export const MAX_USER_AGENT = 1024;
/** Shorter than any browser's (detections D5). */
const MIN_BROWSER = 15;
const UNKNOWN_WORDS = new Set(['', '-', 'unknown', 'null', 'undefined', 'none', 'n/a']);

/**
 * What a user-agent text says about itself: our table of scripts, bots and apps first, then ua-parser-js.
 *
 * Browser versions are majors; for system versions see `osVersion`. An empty or `Unknown` text is `unknown`;
 * another one too short for a browser is `script`. A product that is no browser (`Luminary/1.0.3 … iOS 12.2`) is
 * an `app` on the system it names, else `unknown`.
 */
export function deviceOf(userAgent: string): Device {
  const text = userAgent.slice(0, MAX_USER_AGENT).trim();
  if (UNKNOWN_WORDS.has(text.toLowerCase())) return NOTHING_KNOWN;
  const parsed = new UAParser(text).getResult();
  const os = osName(parsed.os, text);
  const system = { os, osVersion: osVersion(os, parsed.os, text) };
  const client = knownClient(text);
  if (client !== null) {
    return { browser: client.name, browserVersion: client.version, ...system, kind: client.kind };
  }
  if (parsed.browser.name !== undefined) {
    const browserVersion = /^\d+/.exec(parsed.browser.version ?? '')?.[0] ?? null;
    return {
      browser: parsed.browser.name,
      browserVersion,
      ...system,
      kind: hardware(parsed.device.type, os),
    };
  }
  const product = productOf(text);
  const named = { browser: product?.name ?? null, browserVersion: product?.version ?? null, ...system };
  if (text.length < MIN_BROWSER) return { ...named, kind: 'script' };
  return { ...named, kind: product !== null && os !== null ? 'app' : hardware(parsed.device.type, os) };
}

const NOTHING_KNOWN: Device = {
  browser: null,
  browserVersion: null,
  os: null,
  osVersion: null,
  kind: 'unknown',
};

function hardware(type: string | undefined, os: string | null): DeviceKind {
  if (type === 'tablet') return 'tablet';
  if (type === 'mobile' || type === 'wearable') return 'mobile';
  // Televisions, consoles and embedded devices are nobody's desk.
  if (type !== undefined) return 'unknown';
  return os !== null && isDesktopSystem(os) ? 'desktop' : 'unknown';
}

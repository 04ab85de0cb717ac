import type { DeviceKind } from '../../contract/place.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './where.module.css';

export type DeviceKeys = {
  userAgent: string | null;
  browser: string | null;
  browserVersion: string | null;
  os: string | null;
  osVersion: string | null;
  deviceKind: DeviceKind;
};

/** Browser and system in one line; the raw user agent when neither was recognised. */
export function DeviceText({ device }: { device: DeviceKeys }) {
  return (
    <span className={classes.line} title={device.deviceKind === 'unknown' ? undefined : device.deviceKind}>
      <UntrustedText text={deviceWords(device)} />
    </span>
  );
}

/** `Firefox 143 on Windows`; null when nothing is known. */
export function deviceWords({
  browser,
  browserVersion,
  os,
  osVersion,
  userAgent,
}: DeviceKeys): string | null {
  const client = browser === null ? null : [browser, majorOf(browserVersion)].filter(Boolean).join(' ');
  const system = os === null ? null : [os, osVersion].filter(Boolean).join(' ');
  if (client !== null && system !== null) return `${client} on ${system}`;
  return client ?? system ?? userAgent;
}

function majorOf(version: string | null): string | null {
  return version?.split('.')[0] ?? null;
}

import type { Detector } from '../detector.ts';
import { authentik } from './authentik.ts';
import { buffalogs, buffalogsTalking } from './buffalogs.ts';
import { curity } from './curity.ts';
import { datadog } from './datadog.ts';
import { defender } from './defender.ts';
import { elastic } from './elastic.ts';
import { oktaVelocity } from './okta-velocity.ts';
import { panther } from './panther.ts';
import { splunkEs } from './splunk-es.ts';

/** The peers' published travel rules, written anew from what is published about them (detections 8). */
export const baselines: readonly Detector[] = [
  buffalogs,
  buffalogsTalking,
  panther,
  datadog,
  splunkEs,
  oktaVelocity,
  authentik,
  curity,
  defender,
  elastic,
];

import { z } from 'zod';

/** A moment on every link: ISO 8601 in UTC with milliseconds (`2026-11-21T05:51:00.000Z`). */
export const instant = z.iso.datetime();

/**
 * How far a start time can be believed. `reported`: the source says so and is right. `derived`: a resume
 * or a computed value. `untrusted`: the source says so and is known to be wrong. `missing`: it says nothing.
 */
export const timeQuality = z.enum(['reported', 'derived', 'untrusted', 'missing']);
export type TimeQuality = z.infer<typeof timeQuality>;

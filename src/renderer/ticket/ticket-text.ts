import { explanationParts } from '../evidence/explanation-parts.ts';
import type { SightingEnd } from '../evidence/sighting-end.ts';
import { utcTime } from '../text/times.ts';
import { visibleString } from '../text/visible-text.ts';

/** Longest far-side text in a ticket, in UTF-16 units. */
const MAX_LENGTH = 4_000;

/** Far-side text on one line, with what would hide or reorder it named; unknown is `–`. */
export function told(text: string | null): string {
  return text === null || text === '' ? '–' : visibleString(text, MAX_LENGTH);
}

/** What people wrote over several lines, each as far-side text. */
export function toldLines(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => (line === '' ? '' : told(line)));
}

/** Why a finding was made, a line for each part. */
export function toldExplanation(text: string): readonly string[] {
  return explanationParts(text).map(
    (each) => `${each.title === null ? '' : `${each.title}: `}${told(each.text)}`,
  );
}

/** A part of a ticket under its name; nothing where there is nothing to say. */
export function part(name: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${name}:`, ...lines.map((line) => (line === '' ? '' : `  ${line}`))];
}

/** `2026-11-21 18:08:00 UTC | Berlin, DE | 198.51.100.7 | AS64500 Example | Firefox on Linux | app`; what is unknown is left out. */
export function sightingLine({ at, city, country, ip, asn, org, browser, os, source }: SightingEnd): string {
  const joined = (separator: string, ...words: readonly (string | null)[]) =>
    words.filter((word) => word !== null).join(separator);
  return [
    at === null ? '' : utcTime(at),
    joined(', ', city, country),
    ip ?? '',
    joined(' ', asn === null ? null : `AS${asn}`, org),
    joined(' on ', browser, os),
    source ?? '',
  ]
    .filter((word) => word !== '')
    .map(told)
    .join(' | ');
}

import type { DetectSettings } from './settings.ts';
import { thresholdNames, type SettingsSection } from './threshold-names.ts';
import { duration, kilometres, numberName, percent, plural } from './words.ts';

/** What a rule is tuned by: a whole section of the settings (`travel`), or one number of it (`country.dormantMs`). */
export type SettingName = {
  [Section in SettingsSection]: Section | `${Section}.${keyof DetectSettings[Section] & string}`;
}[SettingsSection];

export type Threshold = { readonly name: string; readonly value: string };

/** Numbers of the settings as an analyst says them: `travel.minDistanceKm: 300` is “fires from a distance of”, “300 km”. */
export function thresholdWords(
  settings: DetectSettings,
  wanted: readonly SettingName[],
): readonly Threshold[] {
  const values = new Map(Object.entries(settings).flatMap(([section, part]) => pathsOf(section, part)));
  const names = Object.entries(thresholdNames).flatMap(([section, part]) => pathsOf(section, part));
  return wanted.flatMap((setting) =>
    names
      .filter(([path]) => path === setting || path.startsWith(`${setting}.`))
      .map(([path, name]) => ({ name: String(name), value: valueOf(path, values.get(path)) })),
  );
}

function pathsOf(section: string, part: unknown): readonly (readonly [path: string, value: unknown])[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).map(([key, value]) => [`${section}.${key}`, value] as const);
}

/** The unit is in a setting's name. */
const units: readonly (readonly [name: RegExp, words: (value: number) => string])[] = [
  [/Ms$/, duration],
  [/KmPerHour$/, (value) => `${kilometres(value)}/h`],
  [/Km$/, kilometres],
  [/Days$/, (value) => plural(value, 'day')],
  [/[tT]imes[A-Z]/, (value) => `${numberName(value)} times`],
  [/(Probability|Share|ShareElsewhere|Similarity|Error|weights)$/, share],
];

/** A share that is too small to be read as a percentage is one in so many. */
function share(value: number): string {
  return value < 0.001 ? `1 in ${numberName(Math.round(1 / value))}` : percent(value).replace('.0 ', ' ');
}

/** What the parts of a number that has several are called. */
const partNames: Readonly<Record<string, string>> = {
  4: 'IPv4',
  6: 'IPv6',
  fixed: 'fixed line',
  unknown: 'unknown line',
  cellular: 'cellular line',
  ip: 'address, network, country',
  agent: 'user agent, browser, system, kind of device',
};

function valueOf(path: string, value: unknown): string {
  if (typeof value === 'number') {
    const unit = units.find(([name]) => name.test(path));
    return unit === undefined ? numberName(value) : unit[1](value);
  }
  if (Array.isArray(value)) return value.map((each) => valueOf(path, each)).join(', ') || 'none';
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([part, each]) => `${valueOf(path, each)} (${partNames[part] ?? part})`)
      .join(', ');
  }
  return String(value);
}

import type { DetectSettings } from './settings.ts';
import { duration, kilometres, percent } from './words.ts';

/** The parts of the settings that belong to a subject. */
export type SettingsSection = {
  [Name in keyof DetectSettings]: DetectSettings[Name] extends object ? Name : never;
}[keyof DetectSettings];

export type Threshold = { readonly name: string; readonly value: string };

/** The numbers of some sections in words: `travel.minDistanceKm: 300` is “min distance”, “300 km”. */
export function thresholdWords(
  settings: DetectSettings,
  sections: readonly SettingsSection[],
): readonly Threshold[] {
  return sections.flatMap((section) =>
    Object.entries(settings[section]).map(([key, value]) => ({
      name: nameOf(key),
      value: valueOf(key, value),
    })),
  );
}

/** The unit is the end of a setting's name. */
const units: readonly (readonly [ending: RegExp, words: (value: number) => string])[] = [
  [/Ms$/, duration],
  [/KmPerHour$/, (value) => `${kilometres(value)}/h`],
  [/Km$/, kilometres],
  [/(Probability|Share|Similarity)$/, (value) => (value < 0.001 ? String(value) : percent(value))],
];

function nameOf(key: string): string {
  const plain = key.replace(/(Ms|KmPerHour|Km)$/, '');
  return plain.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function valueOf(key: string, value: unknown): string {
  if (typeof value === 'number') {
    const unit = units.find(([ending]) => ending.test(key));
    return unit === undefined ? value.toLocaleString('en') : unit[1](value);
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, each]) => `${nameOf(name)} ${valueOf(key, each)}`)
      .join(', ');
  }
  return String(value);
}

/**
 * `fastestTripHours` → `Fastest trip`, with its unit apart: names say their unit, and readers want it by the number. The unit `AS`
 * is of numbers that count nothing.
 */
export function evidenceName(key: string): { name: string; unit: string } {
  const words = key.replace(/([a-z\d])([A-Z])/g, '$1 $2').split(/[\s_-]+/);
  const last = words.at(-1)?.toLowerCase() ?? '';
  const unit = UNITS[last];
  const isNetwork = /^asns?$/.test(last);
  const named = unit === undefined || words.length === 1 ? words : words.slice(0, -1);
  const text = named.join(' ').toLowerCase();
  return {
    name: ACRONYMS.reduce(
      (name, [from, to]) => name.replace(from, to),
      text.charAt(0).toUpperCase() + text.slice(1),
    ),
    unit: isNetwork ? 'AS' : named === words ? '' : (unit ?? ''),
  };
}

const UNITS: Readonly<Record<string, string>> = {
  km: 'km',
  hours: 'h',
  minutes: 'min',
  seconds: 's',
  ms: 'ms',
  days: 'd',
  percent: '%',
};

const ACRONYMS: readonly (readonly [RegExp, string])[] = [
  [/\bip\b/i, 'IP'],
  [/\basn\b/i, 'ASN'],
  [/\bos\b/i, 'OS'],
  [/\bid\b/i, 'id'],
];

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Whether a text is one of our own times. */
export function isInstant(text: string): boolean {
  return INSTANT.test(text) && !Number.isNaN(Date.parse(text));
}

/** `AS9009`, `12 min`, `1,234.568 km`: at most 3 decimals, because evidence is read, not calculated with. */
export function evidenceNumber(value: number, unit: string): string {
  if (unit === 'AS') return `AS${value}`;
  return `${value.toLocaleString('en', { maximumFractionDigits: 3 })} ${unit}`.trim();
}

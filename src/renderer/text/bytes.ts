const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** An amount of data in decimal units, as disks are sold: `812 bytes`, `1.2 MB`. */
export function byteSize(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const amount = bytes / 1000 ** power;
  return `${power === 0 ? amount : amount.toFixed(amount < 100 ? 1 : 0)} ${UNITS[power] ?? ''}`;
}

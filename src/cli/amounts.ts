const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes as a person reads them, in steps of 1,000: `1.2 GB`. */
export function describeBytes(bytes: number): string {
  const step = Math.min(bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const amount = bytes / 1000 ** step;
  return `${step === 0 ? bytes : amount.toFixed(1)} ${UNITS[step] ?? 'bytes'}`;
}

/** `1 session`, `2 sessions`. */
export function counted(count: number, what: string, many = `${what}s`): string {
  return `${count} ${count === 1 ? what : many}`;
}

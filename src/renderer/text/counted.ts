/** `1 session`, `1,204 sessions`; `… sessions` while they are being counted. */
export function counted(count: number | null, noun: string): string {
  if (count === null) return `… ${noun}s`;
  return `${count.toLocaleString()} ${noun}${count === 1 ? '' : 's'}`;
}

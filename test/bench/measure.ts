import { readFileSync } from 'node:fs';

/** Seconds that an operation takes, with its answer. */
export async function timed<T>(operation: () => Promise<T> | T): Promise<{ seconds: number; answer: T }> {
  const begin = performance.now();
  const answer = await operation();
  return { seconds: (performance.now() - begin) / 1000, answer };
}

/** The value below which this share of all values lies, by nearest rank; `NaN` of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export type Memory = {
  readonly totalMb: number;
  /** What only this process holds. Null where the system does not tell (anything but Linux). */
  readonly anonMb: number | null;
  /** Pages of files that the system may take back. */
  readonly fileMb: number | null;
};

/** Physical memory of this process, workers included, in megabytes (10⁶ bytes). */
export function memory(): Memory {
  const totalMb = process.memoryUsage.rss() / 1e6;
  if (process.platform !== 'linux') return { totalMb, anonMb: null, fileMb: null };
  const status = readFileSync('/proc/self/status', 'utf8');
  const of = (name: string) =>
    (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024) / 1e6;
  return { totalMb, anonMb: of('RssAnon'), fileMb: of('RssFile') + of('RssShmem') };
}

/** What the processors of this machine did so far, in seconds; of a machine that shares them, less is its own than there is time. */
export type Processors = {
  /** Of this process, all threads. */
  readonly ownSeconds: number;
  /** Of all processors, given to other machines while this one wanted them. Null where the system does not tell (anything but Linux). */
  readonly stolenSeconds: number | null;
};

const TICKS_A_SECOND = 100;

export function processors(): Processors {
  const { user, system } = process.cpuUsage();
  const ownSeconds = (user + system) / 1e6;
  if (process.platform !== 'linux') return { ownSeconds, stolenSeconds: null };
  // cpu user nice system idle iowait irq softirq steal …
  const [, , , , , , , , steal] = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').split(/\s+/);
  return { ownSeconds, stolenSeconds: Number(steal) / TICKS_A_SECOND };
}

/** Watches this process's memory while an operation runs: its highest value, in megabytes. */
export async function peakMb<T>(operation: () => Promise<T>): Promise<{ peak: number; answer: T }> {
  let peak = memory().totalMb;
  const timer = setInterval(() => {
    peak = Math.max(peak, memory().totalMb);
  }, 50);
  try {
    const answer = await operation();
    return { peak: Math.max(peak, memory().totalMb), answer };
  } finally {
    clearInterval(timer);
  }
}

import type { Faults } from './faults.ts';
import type { LoggedRequest } from './request-log.ts';

/** What every simulator hands out: tests change `sessions`, read `requests` and play with `faults` and `lies`. */
export type ApiHandle<Session, Lies> = {
  readonly url: string;
  /** The far side's database: what is changed here is changed there. */
  readonly sessions: Session[];
  readonly requests: readonly LoggedRequest[];
  readonly faults: Faults;
  /** Every documented lie, true by default; false makes the API honest in that one respect. */
  readonly lies: Lies;
  close(): Promise<void>;
};

/** A burst of changes is one change, in milliseconds. */
const BURST_MS = 250;

/** What following costs may be at most one part in this many of the time. */
const SHARE = 5;

/** Follows changes at its own pace, however fast they come. */
export type Follower = {
  readonly tell: (topics: Iterable<string>) => void;
  /** While it rests it only remembers; afterwards it catches up once. */
  readonly rest: (isResting: boolean) => void;
  readonly stop: () => void;
};

/**
 * Calls `follow` with the topics told of since the last time: never twice at once, at most every `everyMs`, and less often
 * when it takes long. Topics that `follow` answers have to be followed once more. `follow` must not reject.
 */
export function follower(
  everyMs: number,
  follow: (topics: ReadonlySet<string>) => Promise<Iterable<string>>,
): Follower {
  const pending = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let earliestMs = 0;
  let isFollowing = false;
  let isResting = false;

  const arm = () => {
    if (isFollowing || isResting || pending.size === 0) return;
    timer ??= setTimeout(() => void run(), Math.max(BURST_MS, earliestMs - performance.now()));
  };
  const disarm = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const run = async () => {
    timer = undefined;
    isFollowing = true;
    const startedMs = performance.now();
    const topics = new Set(pending);
    pending.clear();
    for (const topic of await follow(topics)) pending.add(topic);
    earliestMs = startedMs + Math.max(everyMs, (performance.now() - startedMs) * SHARE);
    isFollowing = false;
    arm();
  };
  return {
    tell(topics) {
      for (const topic of topics) pending.add(topic);
      arm();
    },
    rest(next) {
      isResting = next;
      if (isResting) disarm();
      else arm();
    },
    stop() {
      isResting = true;
      disarm();
    },
  };
}

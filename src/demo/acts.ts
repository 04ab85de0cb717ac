/** What happens at one source between its first complete listing and the next one. */
export type Acts = {
  /** A listing was answered to its end. */
  listed(): void;
  /** A listing begins: plays what waits, if one was complete before. */
  listingBegins(): void;
  /** Plays what waits, now. */
  play(): void;
};

/** Plays each act once, together, at the first moment at which a poll has seen the world before it. */
export function createActs(acts: readonly (() => void)[]): Acts {
  const waiting = [...acts];
  let wasListed = false;
  const play = () => {
    for (const act of waiting.splice(0)) act();
  };
  return {
    play,
    listed() {
      wasListed = true;
    },
    listingBegins() {
      if (wasListed) play();
    },
  };
}

import { createTRPCClient, createWSClient, wsLink, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '../engine/router.ts';
import type { EngineLink } from './engine-link.ts';
import { linkStates } from './link-state.ts';
import { clientError, DISCONNECTED, linkError } from './problem.ts';

export type WebLinkOptions = {
  /** Address of the upgrade: `ws://127.0.0.1:8123/trpc`. */
  readonly url: string;
  /** Asked before each attempt to connect; false ends the link, a rejection only this attempt. */
  readonly isAdmitted: () => Promise<boolean>;
  /** The runtime's own where it has one. */
  readonly WebSocket?: typeof WebSocket;
  /** Milliseconds before attempt n (from 0) to come back. Default: 0, then 1 s doubling up to 10 s. */
  readonly retryDelayMs?: (attempt: number) => number;
};

/** Talks to the web host over a WebSocket that comes back by itself after sleep or a broken line. */
export function webLink(options: WebLinkOptions): EngineLink {
  const { set, ...states } = linkStates();
  const pending = failablePending();

  const socket = createWSClient({
    url: async () => {
      if (!(await options.isAdmitted())) close();
      return options.url;
    },
    retryDelayMs:
      options.retryDelayMs ?? ((attempt) => (attempt === 0 ? 0 : Math.min(500 * 2 ** attempt, 10_000))),
    // Chromium closes sockets in sleep without telling; an unanswered ping finds out.
    keepAlive: { enabled: true, intervalMs: 15_000, pongTimeoutMs: 5_000 },
    ...(options.WebSocket === undefined ? {} : { WebSocket: options.WebSocket }),
  });
  const watching = socket.connectionState.subscribe({
    next({ state }) {
      // What was on the lost socket must fail, or tRPC would begin each feed, export and poll a second time.
      if (state === 'connecting' && states.state() === 'open') pending.failAll();
      set(state === 'pending' ? 'open' : 'connecting');
    },
  });
  const close = () => {
    watching.unsubscribe();
    pending.close();
    void socket.close();
    set('lost');
  };
  const links = [pending.link, wsLink<AppRouter>({ client: socket })];
  return { ...states, client: createTRPCClient<AppRouter>({ links }), close };
}

/** A link that knows what is open, can fail it, and gives errors of the socket the shape of the router's. */
function failablePending(): { link: TRPCLink<AppRouter>; failAll(): void; close(): void } {
  const open = new Set<() => void>();
  const lost = () => clientError(linkError(DISCONNECTED));
  let closed = false;
  const failAll = () => {
    for (const fail of [...open]) fail();
  };
  return {
    link:
      () =>
      ({ op, next }) =>
        observable((observer) => {
          if (closed) {
            observer.error(lost());
            return;
          }
          const fail = () => observer.error(lost());
          open.add(fail);
          const call = next(op).subscribe({
            next: (value) => observer.next(value),
            error: (error) => observer.error(error.data ? error : lost()),
            complete: () => observer.complete(),
          });
          return () => {
            open.delete(fail);
            call.unsubscribe();
          };
        }),
    failAll,
    close() {
      closed = true;
      failAll();
    },
  };
}

import type { TRPCLink, Operation, OperationResultObserver } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '../engine/router.ts';
import { readPortAnswer, type PortAnswer, type PortRequest } from './port-message.ts';
import type { Port } from './port.ts';
import { clientError, DISCONNECTED, linkError } from './problem.ts';

type Observer = OperationResultObserver<AppRouter, unknown>;

/** The page's end of the link: calls go out on the port it has, or wait for the one it gets. */
export type PortClient = {
  readonly link: TRPCLink<AppRouter>;
  /** Uses a new port from now on; what still waits for an answer of the old one fails with `disconnected`. */
  use(port: Port): void;
  /** Fails everything that is open, and every call from now on, with `disconnected`. */
  close(): void;
};

/** Makes a client without a port; `onLost` is told when the port it uses is closed from the other side. */
export function portClient(onLost: () => void): PortClient {
  const open = new Map<number, { request: PortRequest; observer: Observer; sent: boolean }>();
  let port: Port | null = null;
  let closed = false;
  let lastId = 0;

  const failWhere = (isLost: (call: { sent: boolean }) => boolean) => {
    for (const [id, call] of [...open]) {
      if (!isLost(call)) continue;
      open.delete(id);
      call.observer.error(clientError(linkError(DISCONNECTED)));
    }
  };
  const drop = () => {
    port?.close();
    port = null;
    failWhere((call) => call.sent);
  };

  const begin = (operation: Operation, observer: Observer) => {
    if (closed) {
      observer.error(clientError(linkError(DISCONNECTED)));
      return () => undefined;
    }
    const id = ++lastId;
    const { type, path, input } = operation;
    const request: PortRequest = { kind: 'call', id, type, path, input };
    open.set(id, { request, observer, sent: port !== null });
    port?.send(request);
    const onAbort = () => observer.complete();
    operation.signal?.addEventListener('abort', onAbort, { once: true });
    if (operation.signal?.aborted === true) onAbort();
    return () => {
      operation.signal?.removeEventListener('abort', onAbort);
      const call = open.get(id);
      if (call === undefined) return;
      open.delete(id);
      if (call.sent) port?.send({ kind: 'stop', id } satisfies PortRequest);
    };
  };

  const take = (answer: PortAnswer) => {
    const call = open.get(answer.id);
    if (call === undefined) return;
    if (answer.kind === 'value') {
      call.observer.next({ result: { type: 'data', data: answer.value } });
      return;
    }
    open.delete(answer.id);
    if (answer.kind === 'done') call.observer.complete();
    else call.observer.error(clientError(answer.error));
  };

  return {
    link:
      () =>
      ({ op }) =>
        observable((observer) => begin(op, observer)),
    use(next) {
      drop();
      if (closed) {
        next.close();
        return;
      }
      port = next;
      next.onMessage((message) => {
        const answer = port === next ? readPortAnswer(message) : null;
        if (answer !== null) take(answer);
      });
      next.onClose(() => {
        if (port !== next) return;
        drop();
        onLost();
      });
      next.start();
      for (const call of open.values()) {
        call.sent = true;
        next.send(call.request);
      }
    },
    close() {
      closed = true;
      drop();
      failWhere(() => true);
    },
  };
}

/**
 * One end of a two-way line of structured-clone messages: all that the link needs of a MessagePort, so that it
 * runs over a browser's, a worker thread's and Electron's without knowing which.
 */
export type Port = {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once when either side has closed the line. */
  onClose(listener: () => void): void;
  /** Messages wait until this is called; listeners go on before. */
  start(): void;
  close(): void;
};

/** What a browser's MessagePort and the one of `node:worker_threads` have in common. */
type EventTargetPort = {
  postMessage(message: unknown): void;
  addEventListener(type: 'message' | 'close', listener: (event: object) => void): void;
  start(): void;
  close(): void;
};

/** What Electron's MessagePortMain looks like. */
export type EmitterPort = {
  postMessage(message: unknown): void;
  on(type: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(type: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
};

/** The page's end, or either end between worker threads. */
export function portOfEventTarget(port: EventTargetPort): Port {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) =>
      port.addEventListener('message', (event) => listener('data' in event ? event.data : null)),
    onClose: (listener) => port.addEventListener('close', () => listener()),
    start: () => port.start(),
    close: () => port.close(),
  };
}

/** The engine's end in an Electron utility process. */
export function portOfEmitter(port: EmitterPort): Port {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', (event) => listener(event.data)),
    onClose: (listener) => void port.on('close', listener),
    start: () => port.start(),
    close: () => port.close(),
  };
}

import type { MessageChannelMain, MessagePortMain, UtilityProcess } from 'electron';
import type { EngineMessage, ShellMessage } from './engine-messages.ts';
import type { SecretStore } from './secrets.ts';

/** Waiting times before the engine is started again after it ended by itself; after the last one, the person is asked. */
const RESTART_DELAYS_MS = [500, 2_000, 8_000, 20_000];
/** An engine that ran this long was healthy: its end counts as the first. */
const HEALTHY_AFTER_MS = 60_000;
const STOP_WITHIN_MS = 5_000;

type Child = Pick<UtilityProcess, 'postMessage' | 'on' | 'kill'>;
type Ports = Pick<MessageChannelMain, 'port1' | 'port2'>;

export type EngineProcessOptions = {
  readonly fork: () => Child;
  readonly createChannel: () => Ports;
  readonly start: Extract<ShellMessage, { kind: 'start' }>;
  readonly secrets: Pick<SecretStore, 'answer'>;
  readonly clock: { now(): number; sleep(ms: number): Promise<void> };
  /** The engine can't run: `takeFailure` has the reason. */
  readonly onFailure: (reason: string) => void;
};

type State =
  | { readonly kind: 'starting' | 'ready'; readonly child: Child }
  /** Ended by itself; started again soon. */
  | { readonly kind: 'resting' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'stopped' };

/** Keeps one engine running in a process of its own, and hands out lines to it. */
export class EngineProcess {
  readonly #options: EngineProcessOptions;
  #state: State = { kind: 'stopped' };
  #changed = Promise.withResolvers<undefined>();
  /** How often it ended by itself since it was last healthy. */
  #ends = 0;
  #isStopping = false;
  #untold: string | null = null;

  constructor(options: EngineProcessOptions) {
    this.#options = options;
  }

  /** Why the engine can't run, once: the reason is shown, and what is opened after that tries again. */
  takeFailure(): string | null {
    const reason = this.#untold;
    this.#untold = null;
    return reason;
  }

  /** Starts the process unless it runs; to be called while the window is being made. */
  start(): void {
    if (this.#child() !== null || this.#isStopping) return;
    const { fork, start, clock } = this.#options;
    const child = fork();
    const startedAtMs = clock.now();
    child.on('message', (message: EngineMessage) => {
      if (this.#child() !== child) return;
      if (message.kind === 'ready') this.#become({ kind: 'ready', child });
      else if (message.kind === 'failed') this.#fail(message.message);
      else void this.#answerSecret(child, message);
    });
    child.on('exit', () => {
      if (this.#child() !== child) return;
      if (clock.now() - startedAtMs >= HEALTHY_AFTER_MS) this.#ends = 0;
      void this.#startAgain();
    });
    this.#become({ kind: 'starting', child });
    tell(child, start);
  }

  /** A page's end of a new line to the engine; waits for a start or restart. Rejects when the engine can't run. */
  async connect(): Promise<MessagePortMain> {
    if (this.#state.kind === 'failed') {
      this.#ends = 0;
      this.start();
    }
    for (;;) {
      const state: State = this.#state;
      if (state.kind === 'failed') throw new Error(state.reason);
      if (state.kind === 'stopped') throw new Error('Sessionscope is ending.');
      if (state.kind === 'ready') {
        const { port1, port2 } = this.#options.createChannel();
        tell(state.child, { kind: 'connect' }, [port1]);
        return port2;
      }
      await this.#changed.promise;
    }
  }

  /** Lets the engine finish what it writes and end; kills it when it takes longer than five seconds. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const child = this.#child();
    this.#become({ kind: 'stopped' });
    if (child === null) return;
    const ended = new Promise<void>((resolve) => {
      child.on('exit', () => resolve());
    });
    tell(child, { kind: 'stop' });
    await Promise.race([ended, this.#options.clock.sleep(STOP_WITHIN_MS)]);
    child.kill();
  }

  async #startAgain(): Promise<void> {
    const delayMs = RESTART_DELAYS_MS[this.#ends];
    this.#ends += 1;
    if (delayMs === undefined) {
      this.#fail('The engine ended by itself again and again. The log has the details.');
      return;
    }
    this.#become({ kind: 'resting' });
    await this.#options.clock.sleep(delayMs);
    if (this.#state.kind === 'resting') this.start();
  }

  #fail(reason: string): void {
    const child = this.#child();
    this.#untold = reason;
    this.#become({ kind: 'failed', reason });
    child?.kill();
    this.#options.onFailure(reason);
  }

  async #answerSecret(child: Child, { request, ask }: Extract<EngineMessage, { kind: 'secret' }>) {
    tell(child, { kind: 'secret', request, answer: await this.#options.secrets.answer(ask) });
  }

  #child(): Child | null {
    return this.#state.kind === 'starting' || this.#state.kind === 'ready' ? this.#state.child : null;
  }

  #become(state: State): void {
    this.#state = state;
    this.#changed.resolve(undefined);
    this.#changed = Promise.withResolvers<undefined>();
  }
}

function tell(child: Child, message: ShellMessage, ports: MessagePortMain[] = []): void {
  child.postMessage(message, ports);
}

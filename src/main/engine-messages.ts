/** What the shell tells the engine process. Pages talk to the engine over ports of their own. */
export type ShellMessage =
  | {
      readonly kind: 'start';
      readonly dataDir: string;
      readonly geoipDir: string;
      /** The built `store-thread`. */
      readonly storeThread: string;
      readonly version: string;
      /** How typed secrets are kept, in a sentence. */
      readonly secretStore: string;
      /** Starts the simulated company before anything is shown. */
      readonly isDemo: boolean;
    }
  /** Carries one port: the engine's end of a page's line. */
  | { readonly kind: 'connect' }
  | { readonly kind: 'secret'; readonly request: number; readonly answer: SecretAnswer }
  | { readonly kind: 'stop' };

/** A secret that is not there is null; `failure` is a sentence. */
export type SecretAnswer =
  { readonly ok: true; readonly value: string | null } | { readonly ok: false; readonly failure: string };

/** What the engine process tells the shell. */
export type EngineMessage =
  | { readonly kind: 'ready' }
  /** The engine can't run; the sentence is for the person in front of the screen. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'secret'; readonly request: number; readonly ask: SecretRequest };

export type SecretRequest =
  | { readonly verb: 'read'; readonly id: string }
  | { readonly verb: 'keep'; readonly id: string; readonly value: string }
  | { readonly verb: 'forget'; readonly id: string };

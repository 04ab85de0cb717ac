import type { MessagePortMain, SafeStorage, Session, UtilityProcess, WebContents } from 'electron';

// Doubles of the few parts of Electron that the shell's own logic touches. Each is held against Electron's types, so
// an upgrade that changes them fails to compile here.

type Listener = (...args: never[]) => void;

/** A web contents that remembers who listens, and can be made to raise an event. */
export function contentsDouble() {
  const listeners = new Map<string, Listener>();
  let openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] = () => ({ action: 'allow' });
  const contents = {
    on(event: string, listener: Listener) {
      listeners.set(event, listener);
      return null as never;
    },
    setWindowOpenHandler: (handler: typeof openHandler) => void (openHandler = handler),
  } satisfies Pick<WebContents, 'on' | 'setWindowOpenHandler'>;
  return {
    contents,
    /** Raises a navigation or webview event; answers whether it was prevented. */
    isPrevented(event: string, url: string): boolean {
      let isPrevented = false;
      const details = { url, preventDefault: () => void (isPrevented = true) };
      listeners.get(event)?.(...([details] as never[]));
      return isPrevented;
    },
    open: (url: string) => openHandler({ url } as Electron.HandlerDetails).action,
  };
}

/** A session that keeps its permission handlers. */
export function sessionDouble() {
  type Request = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
  type Check = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
  type Device = NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>;
  let onRequest: Request = (_contents, _permission, answer) => answer(true);
  let onCheck: Check = () => true;
  let onDevice: Device = () => true;
  const session = {
    setPermissionRequestHandler: (handler: Request | null) => void (onRequest = handler ?? onRequest),
    setPermissionCheckHandler: (handler: Check | null) => void (onCheck = handler ?? onCheck),
    setDevicePermissionHandler: (handler: Device | null) => void (onDevice = handler ?? onDevice),
  } satisfies Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >;
  return {
    session,
    isRequestGranted(permission: string, requestingUrl: string): boolean {
      let isGranted = false;
      const details = { requestingUrl, isMainFrame: true };
      onRequest(null as never, permission as never, (granted) => void (isGranted = granted), details);
      return isGranted;
    },
    isCheckGranted: (permission: string, origin: string) =>
      onCheck(null, permission as never, origin, {} as never),
    isDeviceGranted: () => onDevice({} as never),
  };
}

/** Encryption that only looks like it: enough to tell what is plain and what is not. */
export function safeStorageDouble(
  options: { isAvailable?: boolean; backend?: ReturnType<SafeStorage['getSelectedStorageBackend']> } = {},
) {
  const reEncrypted: string[] = [];
  let isLocked = false;
  let isRotated = false;
  const storage = {
    isAsyncEncryptionAvailable: async () => options.isAvailable ?? true,
    getSelectedStorageBackend: () => options.backend ?? 'gnome_libsecret',
    async encryptStringAsync(text: string) {
      if (isLocked) throw new Error('locked');
      reEncrypted.push(text);
      return Buffer.from(text.split('').reverse().join(''));
    },
    async decryptStringAsync(encrypted: Buffer) {
      if (isLocked) throw new Error('locked');
      return { result: encrypted.toString().split('').reverse().join(''), shouldReEncrypt: isRotated };
    },
  } satisfies Pick<
    SafeStorage,
    'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
  >;
  return {
    storage,
    encrypted: reEncrypted,
    lock: () => void (isLocked = true),
    rotateKey: () => void (isRotated = true),
  };
}

/** A utility process that says what the test makes it say. */
export function childDouble() {
  const listeners: { event: string; listener: Listener }[] = [];
  const told: { message: unknown; ports: readonly MessagePortMain[] }[] = [];
  let kills = 0;
  const child = {
    on(event: string, listener: Listener) {
      listeners.push({ event, listener });
      return null as never;
    },
    postMessage: (message: unknown, ports: MessagePortMain[] = []) => void told.push({ message, ports }),
    kill: () => ++kills > 0,
  } satisfies Pick<UtilityProcess, 'on' | 'postMessage' | 'kill'>;
  const raise = (event: string, value: unknown) => {
    for (const each of listeners) if (each.event === event) each.listener(...([value] as never[]));
  };
  return {
    child,
    told,
    kills: () => kills,
    say: (message: unknown) => raise('message', message),
    exit: () => raise('exit', 1),
  };
}

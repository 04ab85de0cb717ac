import { setImmediate as otherWork } from 'node:timers/promises';
import { inspect } from 'node:util';
import { isKey, keyBytes } from '../query/key-bytes.ts';
import { Secret } from '../secret.ts';
import { AddressTable } from './address-table.ts';
import { ByteArena } from './byte-arena.ts';
import { PackedText } from './packed-text.ts';
import { SharedTexts } from './shared-texts.ts';

/** What revoking a listed session needs. Lives as long as the process, never longer. */
export type LiveSession = { readonly native: string | Secret; readonly userId: string };

/** Words of a record; the bytes of its key and of its native id follow. */
const HASH = 0;
/** Byte length of the key × 8, plus 4 where it is as the store keeps keys, 2 where it was listed itself, 1 where it is wide. */
const KEY = 1;
/** Where the user id is; 0 where the session is not alive, and then the rest means nothing. */
const USER = 2;
/** Byte length of the native id × 4, plus 2 where it is a Secret, plus 1 where it is wide. */
const NATIVE = 3;
const HEADER_BYTES = 16;
const IS_WIDE = 1;
const IS_LISTED = 2;
const IS_STORED = 4;
const IS_SECRET = 2;
/** Sessions merged before other work has its turn: some 20 ms. */
const MERGED_AT_ONCE = 10_000;

/**
 * The sessions that a sweep listed, by key, and what revoking those alive needs. Takes some 90 bytes a session, outside the
 * JavaScript heap, where a Map of objects takes 400: a source may list a million. Tokens are in here: it prints as its size.
 *
 * Keys are HMACs, so that nobody outside can choose colliding ones.
 */
export class ListedSessions {
  readonly #arena = new ByteArena();
  readonly #users = new SharedTexts(this.#arena);
  readonly #table = new AddressTable((record) => this.#arena.word(record, HASH));
  readonly #key = new PackedText();
  /** Whether the key is packed as the store keeps keys, which is shorter than its text. */
  #isKeyStored = false;
  readonly #native = new PackedText();
  readonly #user = new PackedText();
  readonly #hasKey = (record: number) => this.#isOf(record);
  #size = 0;
  #isCleared = false;

  /** Distinct keys that were listed, alive or gone. */
  get size(): number {
    return this.#size;
  }

  /** A session as it was listed. One listed before as alive stays alive, whatever is said of it later; its values are the last. */
  add(key: string, session: LiveSession | 'gone'): void {
    const known = this.#find(key);
    if (session === 'gone') this.#markListed(known === 0 ? this.#append(0) : known);
    else this.#markListed(this.#putSession(known, session));
  }

  /** What revoking the session needs, if it is alive. */
  get(key: string): LiveSession | undefined {
    const record = this.#find(key);
    const user = record === 0 ? 0 : this.#arena.word(record, USER);
    if (user === 0) return undefined;
    const shape = this.#arena.word(record, NATIVE);
    const text = this.#arena.text(record, this.#nativeAt(record), shape >>> 2, (shape & IS_WIDE) !== 0);
    return {
      native: (shape & IS_SECRET) === 0 ? text : new Secret(text),
      userId: this.#users.read(user),
    };
  }

  /** Whether the session is alive. */
  has(key: string): boolean {
    const record = this.#find(key);
    return record !== 0 && this.#arena.word(record, USER) !== 0;
  }

  /** Lets a session that is alive go on under another key; what was listed stays counted. False where there is none. */
  rename(from: string, to: string): boolean {
    const session = this.get(from);
    if (session === undefined) return false;
    this.#forget(this.#find(from));
    this.#putSession(this.#find(to), session);
    return true;
  }

  /**
   * Adds all sessions that are alive in another list, as if each was listed here now. Lets other work have its turn on the
   * way: either list may be asked meanwhile, and neither may be added to.
   */
  async merge(others: ListedSessions): Promise<void> {
    let merged = 0;
    this.#assertUsable();
    others.#assertUsable();
    for (const record of others.#table.addresses()) {
      if (others.#arena.word(record, USER) === 0) continue;
      const isSecret = others.#unpack(record, this);
      this.#markListed(this.#put(this.#table.find(this.#key.hash, this.#hasKey), isSecret));
      merged += 1;
      if (merged % MERGED_AT_ONCE !== 0) continue;
      await otherWork();
      this.#assertUsable();
      others.#assertUsable();
    }
  }

  /**
   * Overwrites everything with zeros and gives the memory back. Asking a list afterwards throws: an empty one would say
   * that every session is gone.
   */
  clear(): void {
    this.#isCleared = true;
    this.#arena.clear();
  }

  [inspect.custom](): string {
    return `ListedSessions(${this.#isCleared ? 'cleared' : this.#size})`;
  }

  /** Also leaves the key packed, for adding it. */
  #find(key: string): number {
    this.#assertUsable();
    this.#packKey(key);
    return this.#table.find(this.#key.hash, this.#hasKey);
  }

  /** What looks like no key, which nobody lists, is kept as text: its stored form may be another text's as well. */
  #packKey(key: string): void {
    this.#isKeyStored = isKey(key);
    if (!this.#isKeyStored) {
      this.#key.pack(key);
      return;
    }
    const bytes = keyBytes(key);
    this.#key.load(bytes, 0, bytes.length, false);
  }

  #assertUsable(): void {
    if (this.#isCleared) throw new Error('these listed sessions were cleared, a later sweep has others');
  }

  /** Whether a record is of the packed key. */
  #isOf(record: number): boolean {
    const shape = this.#arena.word(record, KEY);
    return (
      this.#arena.word(record, HASH) === this.#key.hash &&
      (shape | IS_LISTED) === (this.#keyShape() | IS_LISTED) &&
      this.#arena.holds(record, HEADER_BYTES, this.#key)
    );
  }

  #putSession(known: number, { native, userId }: LiveSession): number {
    this.#native.pack(native instanceof Secret ? native.reveal() : native);
    this.#user.pack(userId);
    return this.#put(known, native instanceof Secret);
  }

  /** Writes the packed session: over what is known of it where there is room, since tokens are mostly of one length. */
  #put(known: number, isSecret: boolean): number {
    const { byteLength, isWide } = this.#native;
    const hasRoom = known !== 0 && byteLength <= this.#arena.word(known, NATIVE) >>> 2;
    const record = hasRoom ? known : this.#append(byteLength, known);
    const at = this.#nativeAt(record);
    this.#arena.wipe(record, at, this.#arena.word(record, NATIVE) >>> 2);
    this.#arena.write(record, at, this.#native);
    this.#native.wipe();
    this.#arena.setWord(record, NATIVE, byteLength * 4 + (isSecret ? IS_SECRET : 0) + (isWide ? IS_WIDE : 0));
    this.#arena.setWord(record, USER, this.#users.store(this.#user));
    return record;
  }

  /** A record of the packed key that is not alive yet, with room for a native id; it takes the place of a known one. */
  #append(nativeBytes: number, known = 0): number {
    const { hash, byteLength } = this.#key;
    const record = this.#arena.allocate(HEADER_BYTES + byteLength + nativeBytes);
    this.#arena.setWord(record, HASH, hash);
    const wasListed = known === 0 ? 0 : this.#arena.word(known, KEY) & IS_LISTED;
    this.#arena.setWord(record, KEY, this.#keyShape() | wasListed);
    this.#arena.setWord(record, NATIVE, nativeBytes * 4);
    this.#arena.write(record, HEADER_BYTES, this.#key);
    if (known === 0) this.#table.insert(hash, record);
    else {
      this.#forget(known);
      this.#table.replace(hash, known, record);
    }
    return record;
  }

  /** Of the packed key, as if it was not listed. */
  #keyShape(): number {
    const { byteLength, isWide } = this.#key;
    return byteLength * 8 + (this.#isKeyStored ? IS_STORED : 0) + (isWide ? IS_WIDE : 0);
  }

  #forget(record: number): void {
    this.#arena.wipe(record, this.#nativeAt(record), this.#arena.word(record, NATIVE) >>> 2);
    this.#arena.setWord(record, USER, 0);
  }

  #markListed(record: number): void {
    const shape = this.#arena.word(record, KEY);
    if ((shape & IS_LISTED) !== 0) return;
    this.#arena.setWord(record, KEY, shape + IS_LISTED);
    this.#size += 1;
  }

  #nativeAt(record: number): number {
    return HEADER_BYTES + (this.#arena.word(record, KEY) >>> 3);
  }

  /** Packs a record's texts for another list. Answers whether its native id is a Secret. */
  #unpack(record: number, into: ListedSessions): boolean {
    const key = this.#arena.word(record, KEY);
    const native = this.#arena.word(record, NATIVE);
    this.#arena.loadText(into.#key, record, HEADER_BYTES, key >>> 3, (key & IS_WIDE) !== 0);
    into.#isKeyStored = (key & IS_STORED) !== 0;
    this.#arena.loadText(
      into.#native,
      record,
      this.#nativeAt(record),
      native >>> 2,
      (native & IS_WIDE) !== 0,
    );
    this.#users.load(into.#user, this.#arena.word(record, USER));
    return (native & IS_SECRET) !== 0;
  }
}

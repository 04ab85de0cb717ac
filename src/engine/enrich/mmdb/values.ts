import type { FileBytes } from './file-bytes.ts';

/** Types of values by their numbers in the format. */
const POINTER = 1;
const TEXT = 2;
const DOUBLE = 3;
const BYTES = 4;
const UINT16 = 5;
const UINT32 = 6;
const MAP = 7;
const INT32 = 8;
const UINT64 = 9;
const UINT128 = 10;
const ARRAY = 11;
const BOOLEAN = 14;
const FLOAT = 15;
/** What a pointer of each size adds: shorter ones could have said the rest. */
const POINTER_OFFSETS = [0, 2048, 526_336, 0];
/** From these on, so many more bytes hold the rest of a length. */
const LONG_LENGTHS = new Map([
  [29, { bytes: 1, from: 29 }],
  [30, { bytes: 2, from: 285 }],
  [31, { bytes: 3, from: 65_821 }],
]);
/** Records have some hundred values at most; more is a file whose pointers go round in circles. */
const MAX_VALUES = 4096;

/**
 * Reads the values of one section of a MaxMind database file, format 2.0 (https://maxmind.github.io/MaxMind-DB/). Offsets
 * and pointers count from the section's start.
 */
export class MmdbValues {
  readonly #bytes: FileBytes;
  readonly #start: number;
  #at = 0;
  #valuesLeft = 0;

  constructor(bytes: FileBytes, start: number) {
    this.#bytes = bytes;
    this.#start = start;
  }

  /** The value at an offset, with all that it points to. Throws on anything that the format does not have. */
  read(offset: number): unknown {
    this.#at = this.#start + offset;
    this.#valuesLeft = MAX_VALUES;
    return this.#value();
  }

  #value(): unknown {
    this.#valuesLeft -= 1;
    if (this.#valuesLeft < 0) throw new RangeError(`a record has more than ${MAX_VALUES} values`);
    const control = this.#unsigned(1);
    const short = control >> 5;
    if (short === POINTER) return this.#pointedTo(control);
    const type = short === 0 ? this.#unsigned(1) + MAP : short;
    return this.#valueOf(type, this.#length(control));
  }

  #valueOf(type: number, length: number): unknown {
    switch (type) {
      case TEXT: {
        const at = this.#take(length);
        return this.#bytes.view.toString('utf8', at, at + length);
      }
      case DOUBLE: {
        requireLength(length, 8);
        const at = this.#take(length);
        return this.#bytes.view.readDoubleBE(at);
      }
      case FLOAT: {
        requireLength(length, 4);
        const at = this.#take(length);
        return this.#bytes.view.readFloatBE(at);
      }
      case BYTES: {
        const at = this.#take(length);
        return Buffer.from(this.#bytes.view.subarray(at, at + length));
      }
      case UINT16:
      case UINT32:
        return this.#unsigned(length);
      case INT32:
        return this.#unsigned(length) | 0;
      case UINT64:
      case UINT128:
        return this.#large(length);
      case BOOLEAN:
        return length !== 0;
      case MAP:
        return this.#map(length);
      case ARRAY:
        return this.#array(length);
      default:
        throw new TypeError(`there is no type ${type} of values`);
    }
  }

  #pointedTo(control: number): unknown {
    const size = (control >> 3) & 3;
    const high = size === 3 ? 0 : control & 7;
    const pointer = high * 256 ** (size + 1) + this.#unsigned(size + 1) + (POINTER_OFFSETS[size] ?? 0);
    const behind = this.#at;
    this.#at = this.#start + pointer;
    const value = this.#value();
    this.#at = behind;
    return value;
  }

  /** Of a map its entries, of a boolean the value itself, of the rest its bytes. */
  #length(control: number): number {
    const length = control & 31;
    const long = LONG_LENGTHS.get(length);
    return long === undefined ? length : long.from + this.#unsigned(long.bytes);
  }

  #map(entries: number): unknown {
    // Without a prototype: a file may name an entry anything.
    const map = Object.create(null) as Record<string, unknown>;
    for (let entry = 0; entry < entries; entry += 1) {
      const name = this.#value();
      if (typeof name !== 'string') throw new TypeError('an entry of a map has no name');
      map[name] = this.#value();
    }
    return map;
  }

  #array(length: number): unknown {
    const values: unknown[] = [];
    for (let index = 0; index < length; index += 1) values.push(this.#value());
    return values;
  }

  /** A number of at most four bytes. */
  #unsigned(length: number): number {
    if (length === 0) return 0;
    if (length > 4) throw new RangeError(`a number has ${length} bytes`);
    const at = this.#take(length);
    return this.#bytes.view.readUIntBE(at, length);
  }

  #large(length: number): bigint {
    if (length > 16) throw new RangeError(`a number has ${length} bytes`);
    const at = this.#take(length);
    return length === 0 ? 0n : BigInt(`0x${this.#bytes.view.toString('hex', at, at + length)}`);
  }

  /** Where the next bytes stand in `view`, which is to be asked for afterwards. */
  #take(length: number): number {
    const at = this.#bytes.locate(this.#at, length);
    this.#at += length;
    return at;
  }
}

function requireLength(length: number, expected: number): void {
  if (length !== expected) throw new RangeError(`a floating-point number has ${length} bytes`);
}

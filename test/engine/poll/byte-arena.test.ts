import { afterEach, describe, expect, it, vi } from 'vitest';
import { ListedSessions } from '../../../src/engine/poll/listed-sessions.ts';
import { Secret } from '../../../src/engine/secret.ts';

/** The memory that was asked for since it was called, and what of it was given back; it stays there to be looked at. */
function watchBuffers() {
  const scratch: Buffer[] = [];
  const made: Buffer[] = [];
  const returned: Buffer[] = [];
  const viewOf = Buffer.from.bind(Buffer) as (buffer: ArrayBuffer) => Buffer<ArrayBuffer>;
  vi.spyOn(Buffer, 'from').mockImplementation((buffer) => {
    const view = viewOf(buffer as unknown as ArrayBuffer);
    made.push(view);
    return view;
  });
  const alloc = Buffer.alloc.bind(Buffer);
  vi.spyOn(Buffer, 'alloc').mockImplementation((size) => {
    const buffer = alloc(size);
    scratch.push(buffer);
    return buffer;
  });
  vi.spyOn(ArrayBuffer.prototype, 'transfer').mockImplementation(function (this: ArrayBuffer) {
    returned.push(viewOf(this));
    return this;
  });
  return { made, returned, scratch };
}

afterEach(() => vi.restoreAllMocks());

describe('the memory of listed sessions', () => {
  it('has nothing of a token in it when it is given back', () => {
    const { made, returned } = watchBuffers();
    const sessions = new ListedSessions();
    for (let index = 0; index < 500; index += 1)
      sessions.add(`key-${index}`, { native: new Secret(`planted-${index}`), userId: 'u1' });
    expect(Buffer.concat(made).includes('planted-499')).toBe(true);
    sessions.clear();
    expect(returned).toHaveLength(made.length);
    expect(returned.every((block) => block.every((byte) => byte === 0))).toBe(true);
  });

  it('forgets a token that another one replaced or that went on under another key', () => {
    const { made, scratch } = watchBuffers();
    const sessions = new ListedSessions();
    sessions.add('a', { native: new Secret('planted-old'), userId: 'u1' });
    sessions.add('a', { native: new Secret('a-longer-token-than-before'), userId: 'u1' });
    sessions.add('b', { native: new Secret('planted-second'), userId: 'u1' });
    sessions.add('b', { native: new Secret('short'), userId: 'u1' });
    sessions.add('c', { native: new Secret('moving-token'), userId: 'u1' });
    sessions.rename('c', 'd');
    expect(scratch.length).toBeGreaterThan(0);
    const text = Buffer.concat([...made, ...scratch]).toString('latin1');
    expect(text).not.toContain('planted');
    expect(text).not.toContain('econd');
    expect(text.split('moving-token')).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import { Changes } from '../../src/engine/changes.ts';
import { Feed } from '../../src/engine/feed.ts';
import { testClock } from '../support/clock.ts';

describe('the change feed', () => {
  it('tells the revision at once, then topics merged while nobody read', async () => {
    const changes = new Changes(testClock());
    const feed = changes.watch(new AbortController().signal);
    expect((await feed.next()).value).toEqual({ revision: 0, topics: [] });
    changes.mark('sessions');
    changes.mark('sessions', 'findings');
    expect((await feed.next()).value).toEqual({ revision: 2, topics: ['sessions', 'findings'] });
  });

  it('keeps a tenth of a second between two notices', async () => {
    const clock = testClock();
    const changes = new Changes(clock);
    const feed = changes.watch(new AbortController().signal);
    await feed.next();
    changes.mark('audit');
    await feed.next();
    changes.mark('audit');
    let isTold = false;
    const next = feed.next().then((notice) => {
      isTold = true;
      return notice;
    });
    await clock.advance(99);
    expect(isTold).toBe(false);
    await clock.advance(1);
    expect((await next).value).toEqual({ revision: 2, topics: ['audit'] });
  });

  it('ends when its reader goes away', async () => {
    const abort = new AbortController();
    const feed = new Changes(testClock()).watch(abort.signal);
    await feed.next();
    const end = feed.next();
    abort.abort();
    expect((await end).done).toBe(true);
  });
});

describe('a feed', () => {
  it('hands every value to every watcher from the moment it was asked for', async () => {
    const feed = new Feed<number>();
    const abort = new AbortController();
    const watchers = [feed.watch(abort.signal), feed.watch(abort.signal)];
    feed.send(1);
    feed.send(2);
    abort.abort();
    for (const watcher of watchers) {
      const seen: number[] = [];
      for await (const value of watcher) seen.push(value);
      expect(seen).toEqual([1, 2]);
    }
  });
});

/**
 * Asks for several items at once and answers in their order: while one answer is read, the next ones are on their way. A
 * fault is thrown where its item's turn comes; what was asked for beyond it is left to end by itself.
 */
export async function* readAhead<Item, Answer>(
  items: readonly Item[],
  atOnce: number,
  ask: (item: Item) => Promise<Answer>,
): AsyncGenerator<readonly [Item, Answer], void, void> {
  const asked: Promise<Answer>[] = [];
  for (const [index, item] of items.entries()) {
    while (asked.length < Math.min(items.length, index + atOnce)) {
      const next = items[asked.length];
      if (next === undefined) break;
      const answer = ask(next);
      // Awaited when its turn comes; until then nobody else takes note of a fault.
      answer.catch(() => undefined);
      asked.push(answer);
    }
    const answer = asked[index];
    if (answer === undefined) return;
    yield [item, await answer];
  }
}

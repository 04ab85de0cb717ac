/** Control, format (bidirectional, zero-width) and line-separator characters: what can lie about a text or steer a terminal. */
const DECEPTIVE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const MAX_CHARACTERS = 80;

/** Text from the far side as a terminal may show it: deceptive characters written out, long text cut with an ellipsis. */
export function visibleText(text: string): string {
  const visible = text.replace(
    DECEPTIVE,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return visible.length > MAX_CHARACTERS ? `${visible.slice(0, MAX_CHARACTERS - 1)}…` : visible;
}

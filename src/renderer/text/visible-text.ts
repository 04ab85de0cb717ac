/** A run of text as it is shown: `plain` as it is, `hidden` as a named mark in place of what would not be seen. */
export type TextPart = { readonly kind: 'plain' | 'hidden'; readonly text: string };

/** Longest text that is drawn; far sides send user agents of megabytes. */
export const MAX_VISIBLE_LENGTH = 512;

/**
 * Control, bidirectional, zero-width, tag, variation and lone surrogate characters: all that can hide, reorder or
 * imitate text. Ordinary letters of right-to-left scripts are left alone.
 */
const HIDDEN = new RegExp(
  [
    String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]`,
    // Spaces that are not the space bar's, and letters that are drawn as nothing.
    String.raw`[\u00a0\u2000-\u200a\u202f\u205f\u3000\u2800\u115f\u1160\u3164\uffa0]`,
    // Joiners, selectors and tags.
    String.raw`\u034f|[\u17b4\u17b5]|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e0fff}]`,
  ].join('|'),
  'gu',
);

const NAMES: Readonly<Record<string, string>> = {
  '\u0000': 'NUL',
  '\u0007': 'BEL',
  '\t': 'TAB',
  '\n': 'LF',
  '\r': 'CR',
  '\u001b': 'ESC',
  '\u007f': 'DEL',
  '\u00a0': 'NBSP',
  '\u00ad': 'SHY',
  '\u200b': 'ZWSP',
  '\u200c': 'ZWNJ',
  '\u200d': 'ZWJ',
  '\u200e': 'LRM',
  '\u200f': 'RLM',
  '\u202a': 'LRE',
  '\u202b': 'RLE',
  '\u202c': 'PDF',
  '\u202d': 'LRO',
  '\u202e': 'RLO',
  '\u2066': 'LRI',
  '\u2067': 'RLI',
  '\u2068': 'FSI',
  '\u2069': 'PDI',
  '\ufeff': 'BOM',
};

/** Splits far-side text into what can be drawn as it is and marks for what cannot; `cut` counts characters left out. */
export function visibleText(
  text: string,
  maxLength: number = MAX_VISIBLE_LENGTH,
): { parts: TextPart[]; cut: number } {
  const end = safeEnd(text, maxLength);
  const shown = text.slice(0, end);
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of shown.matchAll(HIDDEN)) {
    if (match.index > from) parts.push({ kind: 'plain', text: shown.slice(from, match.index) });
    parts.push({ kind: 'hidden', text: nameOf(match[0]) });
    from = match.index + match[0].length;
  }
  if (from < shown.length) parts.push({ kind: 'plain', text: shown.slice(from) });
  return { parts, cut: text.length - end };
}

/** The same as one string, for titles, labels and the clipboard: `[RLO]` stands for a hidden character. */
export function visibleString(text: string, maxLength: number = MAX_VISIBLE_LENGTH): string {
  const { parts, cut } = visibleText(text, maxLength);
  const joined = parts.map((part) => (part.kind === 'hidden' ? `[${part.text}]` : part.text)).join('');
  return cut > 0 ? `${joined}…` : joined;
}

/** Never cuts a surrogate pair in two: half of one would be shown as a mark that is not in the text. */
function safeEnd(text: string, maxLength: number): number {
  if (text.length <= maxLength) return text.length;
  const last = text.charCodeAt(maxLength - 1);
  return last >= 0xd800 && last <= 0xdbff ? maxLength - 1 : maxLength;
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return NAMES[character] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

import { describe, expect, it } from 'vitest';
import { MAX_VISIBLE_LENGTH, visibleString, visibleText } from '../../../src/renderer/text/visible-text.ts';

describe('text from a far side', () => {
  it('shows characters that reorder text as named marks', () => {
    expect(visibleText('admin\u202egnp.exe').parts).toEqual([
      { kind: 'plain', text: 'admin' },
      { kind: 'hidden', text: 'RLO' },
      { kind: 'plain', text: 'gnp.exe' },
    ]);
  });

  it.each([
    ['\u0000', '[NUL]'],
    ['\u001b[31m', '[ESC][31m'],
    ['a\nb', 'a[LF]b'],
    ['\u200b', '[ZWSP]'],
    ['\u2066x\u2069', '[LRI]x[PDI]'],
    ['\u00a0', '[NBSP]'],
    ['\ufeff', '[BOM]'],
    ['\u3164', '[U+3164]'],
    ['\u{e0041}', '[U+E0041]'],
    ['\ud800', '[U+D800]'],
    ['\u0085', '[U+0085]'],
    ['\u2028', '[U+2028]'],
  ])('makes %j visible', (text, shown) => {
    expect(visibleString(text)).toBe(shown);
  });

  it('leaves letters of any script alone', () => {
    for (const text of ['Zoë O’Brien', 'مرحبا', 'שלום', '北京 東京', 'नमस्ते', 'São Paulo — 10 %', '🙂']) {
      expect(visibleString(text)).toBe(text);
    }
  });

  it('cuts what is too long and says by how much', () => {
    const { parts, cut } = visibleText('x'.repeat(MAX_VISIBLE_LENGTH + 40));
    expect(parts[0]?.text).toHaveLength(MAX_VISIBLE_LENGTH);
    expect(cut).toBe(40);
  });

  it('never cuts a character in two', () => {
    expect(visibleText('ab🙂', 3)).toEqual({ parts: [{ kind: 'plain', text: 'ab' }], cut: 2 });
  });
});

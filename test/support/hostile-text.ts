import fc from 'fast-check';

/** Texts that break careless writers: quotes, line ends, formulas behind what is trimmed, other scripts, halves of pairs. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    '"',
    '""',
    ',',
    '\r\n',
    '\n',
    '\r=1',
    '\t',
    '\0=1',
    'a"b',
    "'",
    '\\',
    '\u2028',
    '\ud800',
  ),
  fc.constantFrom(
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    ' =1',
    '\u200b=1',
    '\uFEFF-1',
    '＝1',
    '＋1',
    '－1',
    '＠A',
    '-',
  ),
  fc.constantFrom('東京', 'São Tomé', '😀"', '\u202egnp.exe', '</script>', '\u0085=1', '\u00a0@'),
  fc
    .tuple(fc.string({ unit: 'binary', maxLength: 3 }), fc.constantFrom('', '=', '"', '-', ',', 'é', '\n'))
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

/**
 * A text as it is searched and sorted: compatibility forms, case, NUL and broken surrogates made equal. What is
 * stored folded and what is typed go through this one function, so a search finds what it names in any script.
 */
export function fold(text: string): string {
  return text.toWellFormed().normalize('NFKC').toLowerCase().replaceAll('\0', '');
}

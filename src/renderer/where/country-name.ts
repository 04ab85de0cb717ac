const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** `BR` → `Brazil`; what is no country code is answered as it is. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code;
}

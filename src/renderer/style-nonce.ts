/**
 * The nonce under which this page may add style elements; the host writes a new one into every answer. Read from
 * the property: browsers hide the attribute from scripts. Empty where a host sets none (tests, development).
 */
export function styleNonce(page: Document): string {
  return page.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

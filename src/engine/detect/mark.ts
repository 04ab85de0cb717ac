/**
 * 52 bits of a text, for telling values apart and for choosing users by: not for secrets, since whoever wants two texts to
 * be one can find them. After cyrb53 (github.com/bryc, public domain).
 */
export function markOf(text: string): number {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 2654435761);
    other = Math.imul(other ^ unit, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
  other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return (other & 0xfffff) * 0x1_0000_0000 + (one >>> 0);
}

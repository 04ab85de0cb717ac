/** Header texts are hostile: what is behind this many characters is not compared. */
const MAX_USER_AGENT = 1024;

/**
 * How alike two user agents are once versions are removed, from 0 to 1: the Jaccard index of their sets of words,
 * |A ∩ B| / |A ∪ B| (P. Jaccard, "The distribution of the flora in the alpine zone", New Phytologist 11, 1912). Words
 * and not letters, so that the 0.95 of detections 4.4 means "not one word in twenty differs": Chrome becoming Edge adds
 * the word `Edg` and falls to 0.92, while letter bigrams (Sørensen–Dice) would call it 0.97. Two empty texts are alike.
 */
export function userAgentSimilarity(one: string, other: string): number {
  const a = words(one);
  const b = words(other);
  if (a.size === 0 && b.size === 0) return 1;
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / (a.size + b.size - shared);
}

function words(text: string): Set<string> {
  return new Set(
    userAgentWithoutVersions(text)
      .toLowerCase()
      .match(/[^\s;,()[\]/]+/g),
  );
}

/**
 * A user agent without what an update changes: product versions and builds (`Chrome/120.0.0.0` → `Chrome`,
 * `Build/UQ1A.240205` → `Build`), numbers with dots or underscores (`Mac OS X 10_15_7`, `rv:125.0`) and numbers behind a
 * system's name (`Android 14`). Model numbers (`Pixel 8`) stay.
 */
export function userAgentWithoutVersions(text: string): string {
  return text
    .slice(0, MAX_USER_AGENT)
    .replace(/\/[^\s;,()[\]/]*/g, (part) => (/\d/.test(part) ? '' : part))
    .replace(/(?<![\w.])v?\d+(?:[._]\d+)+\w*/gi, '')
    .replace(/\b(Android|iOS|OS|OS X|NT|SDK|Tizen|watchOS|HarmonyOS) \d+\b/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

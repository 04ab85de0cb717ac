const NATURAL_EARTH = 'Map: Natural Earth (https://www.naturalearthdata.com)';

/**
 * The sentences of the databases on one line for the corner of the map: without the notes that follow a semicolon (the
 * settings show the whole), and with the name before an address in parentheses as its link. Everything is escaped: a
 * database that was imported may say anything of itself.
 */
export function attributionHtml(sentences: readonly string[]): string {
  return [...sentences, NATURAL_EARTH].map((sentence) => linked(shortened(sentence))).join(' · ');
}

function shortened(sentence: string): string {
  return (sentence.split(';')[0] ?? sentence).replace(/\.$/, '');
}

/** `Places by DB-IP (https://db-ip.com)` → `Places by <a>DB-IP</a>`; the name is the run of capitalised words. */
function linked(text: string): string {
  const match = /^(.*?)((?:[A-Z][\w-]*\s)*[A-Z][\w-]*)\s\((https:\/\/[\w./-]+)\)(.*)$/.exec(text);
  if (match === null) return escaped(text);
  const [, before = '', name = '', address = '', after = ''] = match;
  return `${escaped(before)}<a href="${escaped(address)}" target="_blank" rel="noopener noreferrer">${escaped(name)}</a>${escaped(after)}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

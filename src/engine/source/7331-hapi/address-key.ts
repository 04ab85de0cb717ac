/** One spelling for comparing addresses within one answer, whose parts may write the same IPv6 differently. */
export function addressKey(ip: string): string {
  const text = ip.trim().toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  if (mapped !== undefined) return mapped;
  const url = text.includes(':') ? URL.parse(`http://[${text}]`) : null;
  return url?.hostname ?? text;
}

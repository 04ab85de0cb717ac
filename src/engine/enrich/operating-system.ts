/** The parts of a parsed system; both are missing where nothing was recognised. */
type Parsed = { readonly name?: string | undefined; readonly version?: string | undefined };

/**
 * The system family a user agent names, ours where the parser is wrong or silent: iPhones say "like Mac OS X", in desktop
 * mode they say "Macintosh" but keep `CriOS`, and `CFNetwork … Darwin … (x86_64)` is a Mac. Null when the text names none.
 */
export function osName({ name }: Parsed, text: string): string | null {
  if (/\b(?:iPhone|iPad|iPod)\b/.test(text) && !/\bWindows Phone\b/.test(text)) return 'iOS';
  if (/\b(?:CriOS|EdgiOS|FxiOS)\//.test(text)) return 'iOS';
  if (/\bDarwin\/[\d.]+;? ?\(?(?:x86_64|i386)/.test(text)) return 'macOS';
  if (name !== undefined) return NAMES.get(name) ?? name;
  return HINTS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

const NAMES = new Map([
  ['Mac OS', 'macOS'],
  ['Chromium OS', 'Chrome OS'],
  ['Windows Phone OS', 'Windows Phone'],
]);

/** Words an app puts into its own, free text. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/\biOS\b/, 'iOS'],
  [/\bAndroid\b/i, 'Android'],
  [/\bWindows/, 'Windows'],
  [/\bDarwin\/|\bmacOS\b/i, 'macOS'],
];

/**
 * The system's version, and no more than the text can know, because browsers froze it: `Windows NT 10.0` is 10 or 11
 * (`10+`), `Mac OS X 10_15` any newer macOS (`10.15+`), iOS 18.6 any newer iOS (`18+`), `Android 10; K` any newer
 * Android (`10+`). Else the major; null for Linux, Chrome OS and whatever counts in builds.
 */
export function osVersion(os: string | null, { name, version }: Parsed, text: string): string | null {
  if (name === undefined || version === undefined || (NAMES.get(name) ?? name) !== os) return null;
  const [major = '', minor] = version.split('.');
  switch (os) {
    case 'Windows':
      return version === '10' ? '10+' : version;
    case 'macOS':
      // Up to 10.15 the second number is the release; Safari, Chrome and Firefox all stopped counting there.
      if (major === '10' && minor !== undefined) return Number(minor) >= 15 ? '10.15+' : `10.${minor}`;
      return major;
    case 'iOS':
      // Safari 26 goes on saying 18_6.
      return major === '18' && Number(minor) >= 6 ? '18+' : major;
    case 'Android':
      return /\bAndroid 10; K\b/.test(text) ? '10+' : major;
    default:
      return MAJOR_IS_KNOWN.has(os) && /^\d/.test(major) ? major : null;
  }
}

const MAJOR_IS_KNOWN = new Set(['HarmonyOS', 'Tizen', 'watchOS', 'KAIOS', 'Windows Phone']);

const DESKTOPS = new Set([
  ...['Windows', 'macOS', 'Chrome OS', 'Linux', 'Ubuntu', 'Debian', 'Fedora', 'Red Hat', 'CentOS', 'SUSE'],
  ...['Gentoo', 'Arch', 'Mint', 'Mageia', 'Mandriva', 'Slackware', 'FreeBSD', 'OpenBSD', 'NetBSD', 'Solaris'],
]);

export function isDesktopSystem(os: string): boolean {
  return DESKTOPS.has(os);
}

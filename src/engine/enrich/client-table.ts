import type { DeviceKind } from '../../contract/place.ts';

/** A client that says its name in a way ua-parser-js does not know. */
export type KnownClient = {
  readonly name: string;
  readonly kind: Extract<DeviceKind, 'script' | 'bot' | 'app'>;
  readonly version: string | null;
};

/**
 * Scripts, libraries, bots and apps by their own words; null for browsers and all else. Comes before the browser
 * parser, which answers nothing for most of these and calls HeadlessChrome a browser.
 */
export function knownClient(userAgent: string): KnownClient | null {
  for (const [pattern, name, kind] of TABLE) {
    const found = pattern.exec(userAgent);
    if (found === null) continue;
    const stated = name ?? found[1];
    if (stated !== undefined) return { name: stated, kind, version: versionAfter(userAgent, found) };
    const product = productOf(userAgent);
    return { name: product?.name ?? found[0], kind, version: product?.version ?? null };
  }
  return null;
}

/** The major version in `curl/8.5.0`; null where the name has none. */
function versionAfter(userAgent: string, found: RegExpExecArray): string | null {
  return /^[/ ]v?(\d{1,6})/.exec(userAgent.slice(found.index + found[0].length))?.[1] ?? null;
}

/** The product that a text which is no browser's begins with, or calls itself in `(compatible; …)`; null when none. */
export function productOf(userAgent: string): { name: string; version: string | null } | null {
  const found =
    /^(?!Mozilla\b)([a-z][\w.+ -]{0,40}?)(?:\/v?(\d{1,6})|$| ?[(/])/i.exec(userAgent) ??
    /\(compatible; (?!MSIE|Linux|Windows|X11)([a-z][\w.+ -]{0,40}?)(?:\/v?(\d{1,6})|[/;)])/i.exec(userAgent);
  return found?.[1] === undefined ? null : { name: found[1], version: found[2] ?? null };
}

type Row = readonly [pattern: RegExp, name: string | null, kind: KnownClient['kind']];

/**
 * The first match wins. Patterns are plain words and bounded classes, so that each is linear in the text. A `null`
 * name takes the first group, and without one the product's own name.
 */
const TABLE: readonly Row[] = [
  // Our own requests, which some APIs write into the row of the session they come with.
  [/^Sessionscope(?=\/)/, 'Sessionscope', 'app'],

  // Browsers without a person. Their vendors say so themselves.
  [/\bHeadlessChrome\b/i, 'HeadlessChrome', 'script'],
  [/\bPhantomJS\b/i, 'PhantomJS', 'script'],
  [/\b(?:Playwright|Puppeteer|Selenium|WebDriver|SlimerJS)\b/i, 'Browser automation', 'script'],

  // Crawlers; named ones first, then whoever calls itself one.
  [
    /\b(Googlebot|AdsBot-Google|Mediapartners-Google|Google-InspectionTool|GoogleOther)\b/i,
    'Googlebot',
    'bot',
  ],
  [/\b(?:bingbot|msnbot|BingPreview|adidxbot)\b/i, 'Bingbot', 'bot'],
  [/\b(?:YandexBot|YandexImages|YandexMobileBot)\b/i, 'YandexBot', 'bot'],
  [/\bBaiduspider\b/i, 'Baiduspider', 'bot'],
  [/\bDuckDuckBot\b/i, 'DuckDuckBot', 'bot'],
  [/\bApplebot\b/i, 'Applebot', 'bot'],
  [/\b(?:facebookexternalhit|facebookcatalog|meta-externalagent)\b/i, 'Facebook crawler', 'bot'],
  [
    /\b(GPTBot|OAI-SearchBot|ChatGPT-User|ClaudeBot|PerplexityBot|CCBot|Bytespider|Amazonbot)\b/i,
    null,
    'bot',
  ],
  [
    /\b(AhrefsBot|SemrushBot|MJ12bot|DotBot|PetalBot|SeznamBot|Twitterbot|LinkedInBot|Slackbot)\b/i,
    null,
    'bot',
  ],
  [/\b(Discordbot|TelegramBot|WhatsApp|Pinterestbot|UptimeRobot|PingdomBot|StatusCake)\b/i, null, 'bot'],
  [/\b(?:Yahoo! Slurp|Slurp)\b/i, 'Yahoo! Slurp', 'bot'],
  [/\b(?:ia_archiver|archive\.org_bot|heritrix|Nutch)\b/i, 'Archive crawler', 'bot'],
  // Not Cubot, which makes phones.
  [/(?<!\bcu)bot(?![a-z])|crawl|spider/i, null, 'bot'],

  // Command lines and libraries.
  [/\bcurl\b/i, 'curl', 'script'],
  [/\bWget\b/i, 'Wget', 'script'],
  [/\bpython-requests\b/i, 'python-requests', 'script'],
  [/\baiohttp\b/i, 'aiohttp', 'script'],
  [/\bpython-httpx\b/i, 'python-httpx', 'script'],
  [/\bPython-urllib\d?\b/i, 'Python-urllib', 'script'],
  [/^Python\b/i, 'Python', 'script'],
  [/\bGo-http-client\b|^Go \d.{0,20}package http/i, 'Go-http-client', 'script'],
  [/^okhttp\b/i, 'okhttp', 'script'],
  [/\bApache-HttpClient\b|^Jakarta Commons-HttpClient/i, 'Apache-HttpClient', 'script'],
  [/\bGoogle-HTTP-Java-Client\b/i, 'Google-HTTP-Java-Client', 'script'],
  [/^Java\b/i, 'Java', 'script'],
  [/\bPostmanRuntime\b/i, 'Postman', 'script'],
  [/^insomnia\b/i, 'Insomnia', 'script'],
  [/\baxios\b/i, 'axios', 'script'],
  [/\bnode-fetch\b/i, 'node-fetch', 'script'],
  [/^(?:node|undici)\b/i, 'Node.js', 'script'],
  [/^(got|superagent|node-superagent|request)\b/i, null, 'script'],
  [/\blibwww-perl\b|^lwp-/i, 'libwww-perl', 'script'],
  [/^(?:Ruby|Faraday|rest-client|http\.rb|Mechanize)\b/i, 'Ruby', 'script'],
  [/\bGuzzleHttp\b|^PHP\b/i, 'PHP', 'script'],
  [/\bWindowsPowerShell\b|\bPowerShell\b/i, 'PowerShell', 'script'],
  [/^HTTPie\b/i, 'HTTPie', 'script'],
  [/^(?:reqwest|hyper|ureq)\b/i, 'Rust', 'script'],
  [/^Dart\b/i, 'Dart', 'script'],
  [/\bWinHttp\b|^RestSharp\b/i, 'Windows HTTP library', 'script'],
  [/^(aws-sdk-\w{1,20}|aws-cli|Boto3?|minio-go)\b/i, null, 'script'],
  [/\b(sqlmap|Nikto|masscan|zgrab|nmap|gobuster|Nuclei|OpenVAS|WPScan)\b/i, null, 'script'],
  [/^k6\b|^wrk\b|\b(?:JMeter|Vegeta|ApacheBench)\b/i, 'Load test', 'script'],

  // Apps of the services we read, and anything built as an app.
  [/\bRocket\.Chat\b|^RC Mobile\b/i, 'Rocket.Chat', 'app'],
  [/\b(Slack|Discord|Mattermost|Element|Signal|Skype|Spotify)(?:[_ -]?(?:SSB|Desktop))?(?=\/)/i, null, 'app'],
  [/\b(?:MSTeams|Teams)(?=\/)/i, 'Microsoft Teams', 'app'],
  [/^Dalvik\b/i, 'Android app', 'app'],
  [/^([^/;()]{1,60})\/[^ ]{1,40} CFNetwork\//i, null, 'app'],
  [/^([^/;()]{1,60})\/[^ ]{1,40}(?: \([^()]{0,200}\))? okhttp\//i, null, 'app'],
  [/\bElectron\b/i, 'Electron app', 'app'],
];

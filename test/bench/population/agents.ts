import { below, chance, pick } from './chance.ts';

/** What somebody signs in with: the text that most APIs send, and its parts as Rocket.Chat sends them. */
export type Agent = {
  readonly text: string;
  readonly browser: string;
  readonly version: string;
  readonly os: string;
  readonly isMobile: boolean;
};

const COUNT = 2_000;
/**
 * Shares of user agents. Ours: browsers update themselves, and people hardly ever sign in with a program. A company of old browsers and
 * robots has a finding about nearly everybody, and measures those.
 */
const OUTDATED = 0.02;
const SCRIPTS = 0.01;
/** Majors of the spring before the first poll: no session begins with one that was not out yet. */
const newestMajor = { Chrome: 148, Edge: 148, Firefox: 150, Safari: 26 } as const;
const OLDEST_MAJOR = 100;

type Browser = keyof typeof newestMajor;

type Model = { readonly browser: Browser | null; readonly text: (version: string) => Agent };

const browsers: readonly Model[] = [
  chromium('Chrome', 'Windows', 'Windows NT 10.0; Win64; x64', false),
  chromium('Chrome', 'macOS', 'Macintosh; Intel Mac OS X 10_15_7', false),
  chromium('Chrome', 'Linux', 'X11; Linux x86_64', false),
  chromium('Edge', 'Windows', 'Windows NT 10.0; Win64; x64', false),
  chromium('Chrome', 'Android', 'Linux; Android 14; Pixel 8', true),
  firefox('Windows', 'Windows NT 10.0; Win64; x64'),
  firefox('macOS', 'Macintosh; Intel Mac OS X 10.15'),
  firefox('Linux', 'X11; Linux x86_64'),
  safari('macOS', 'Macintosh; Intel Mac OS X 10_15_7', false),
  safari('iOS', 'iPhone; CPU iPhone OS 18_1 like Mac OS X', true),
];
const scripts: readonly Model[] = [script('curl'), script('python-requests')];

/** 2,000 different user agents; `chance` prefers the first ones, as the world does. */
const agents: readonly Agent[] = Array.from({ length: COUNT }, (_, at) => {
  const { browser, text } = pick(chance(76, at) < SCRIPTS ? scripts : browsers, 77, at);
  return text(`${majorOf(browser, at)}.0.${below(9_000, 79, at)}`);
});

/** One of the last two: who has both has two machines, or updated, and nothing went back far enough to be told of. */
function majorOf(browser: Browser | null, at: number): number {
  if (browser === null) return 2;
  const newest = newestMajor[browser];
  // Safari counts years since 2025, and from 18 on down before that.
  if (browser === 'Safari') return chance(80, at) < OUTDATED ? 17 : newest;
  return chance(80, at) < OUTDATED ? OLDEST_MAJOR + below(30, 78, at) : newest - below(2, 78, at);
}

/** The agent that follows from a few numbers. */
export function agentOf(...parts: readonly number[]): Agent {
  const agent = agents[Math.floor(COUNT * chance(...parts) ** 3)];
  if (agent === undefined) throw new Error('There is no such agent.');
  return agent;
}

function chromium(browser: 'Chrome' | 'Edge', os: string, system: string, isMobile: boolean): Model {
  const tail = (version: string) => (browser === 'Edge' ? ` Edg/${version}.0` : '');
  return model(browser, browser, os, isMobile, (version) => {
    const mobile = isMobile ? ' Mobile' : '';
    return `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0${mobile} Safari/537.36${tail(version)}`;
  });
}

function firefox(os: string, system: string): Model {
  return model(
    'Firefox',
    'Firefox',
    os,
    false,
    (version) => `Mozilla/5.0 (${system}; rv:${version}) Gecko/20100101 Firefox/${version}`,
  );
}

function safari(os: string, system: string, isMobile: boolean): Model {
  const mobile = isMobile ? ' Mobile/15E148' : '';
  return model('Safari', 'Safari', os, isMobile, (version) => {
    return `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version}${mobile} Safari/605.1.15`;
  });
}

function script(name: string): Model {
  return model(null, name, 'Linux', false, (version) => `${name}/${version}`);
}

function model(
  browser: Browser | null,
  name: string,
  os: string,
  isMobile: boolean,
  textOf: (version: string) => string,
): Model {
  return { browser, text: (version) => ({ text: textOf(version), browser: name, version, os, isMobile }) };
}

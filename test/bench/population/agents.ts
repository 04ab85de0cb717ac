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

type Model = { readonly os: string; readonly isMobile: boolean; readonly text: (version: string) => Agent };

const models: readonly Model[] = [
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
  script('curl'),
  script('python-requests'),
];

/** 2,000 different user agents; `chance` prefers the first ones, as the world does. */
const agents: readonly Agent[] = Array.from({ length: COUNT }, (_, at) => {
  const model = pick(models, 77, at);
  return model.text(`${60 + below(90, 78, at)}.0.${below(9_000, 79, at)}`);
});

/** The agent that follows from a few numbers. */
export function agentOf(...parts: readonly number[]): Agent {
  const agent = agents[Math.floor(COUNT * chance(...parts) ** 3)];
  if (agent === undefined) throw new Error('There is no such agent.');
  return agent;
}

function chromium(browser: 'Chrome' | 'Edge', os: string, system: string, isMobile: boolean): Model {
  const tail = (version: string) => (browser === 'Edge' ? ` Edg/${version}.0` : '');
  return model(browser, os, isMobile, (version) => {
    const mobile = isMobile ? ' Mobile' : '';
    return `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0${mobile} Safari/537.36${tail(version)}`;
  });
}

function firefox(os: string, system: string): Model {
  return model(
    'Firefox',
    os,
    false,
    (version) => `Mozilla/5.0 (${system}; rv:${version}) Gecko/20100101 Firefox/${version}`,
  );
}

function safari(os: string, system: string, isMobile: boolean): Model {
  const mobile = isMobile ? ' Mobile/15E148' : '';
  return model('Safari', os, isMobile, (version) => {
    return `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version}${mobile} Safari/605.1.15`;
  });
}

function script(name: string): Model {
  return model(name, 'Linux', false, (version) => `${name}/${version}`);
}

function model(browser: string, os: string, isMobile: boolean, textOf: (version: string) => string): Model {
  return {
    os,
    isMobile,
    text: (version) => ({ text: textOf(version), browser, version, os, isMobile }),
  };
}

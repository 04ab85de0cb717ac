import { DAY_MS, HOUR_MS, MINUTE_MS } from './clock.ts';
import { strangeDevice, userAgentAt } from './device.ts';
import {
  fileSession,
  hapiLogin,
  hapiSession,
  panelSession,
  portalSession,
  type OwnStage,
} from './own-stage.ts';
import type { Scene, SourceId, Story, StoryId } from './story.ts';
import type { Address } from './world.ts';

/** Minutes between the operator's last sign-in at the portal and the attacker's. */
const PORTAL_GAP_MS = 40 * MINUTE_MS;
const ATTACK_AGO_MS = 5 * HOUR_MS;

/**
 * What happens around the operator's own accounts: phished this morning, somebody in Lagos signs in at the portal and
 * at the old service, and takes the panel's cookie over while we watch. Besides, forgotten things come to light.
 */
export function operatorStories(scene: Scene): readonly Story[] {
  const lagos = scene.addresses.take('lagos', 'fixed');
  return [
    phishedAtPortal(scene, lagos),
    phishedAtOld(scene, lagos),
    stolenPanelCookie(scene, lagos),
    scriptInFiles(scene),
    forgottenFiles(scene),
    ...ownSessions(scene),
    leftCompany(scene),
  ];
}

function phishedAtPortal(scene: Scene, lagos: Address): Story {
  const { company, nowMs, own } = scene;
  const random = scene.random.fork('portal attack');
  const { operator } = company;
  const honest = portalSession(
    nowMs - ATTACK_AGO_MS - PORTAL_GAP_MS,
    operator.at.home,
    operator.laptop,
    random,
  );
  const attack = portalSession(nowMs - ATTACK_AGO_MS, lagos, strangeDevice(operator.laptop), random);
  const rented = portalSession(
    nowMs - 6 * DAY_MS,
    scene.addresses.take('frankfurt', 'hosting'),
    operator.laptop,
    random,
  );
  own.portal.sessions.push(honest, attack, rented);
  const phone = own.portal.sessions.find(
    (one) => one.userAgent === userAgentAt(operator.phone, one.createdAtMs),
  );
  // Meanwhile the phone signs out: one session moves from the live list to the history.
  const act = () => {
    if (phone !== undefined) phone.endedAtMs = scene.now();
  };
  return { ...story('phished-operator', 'portal', scene, [honest.suffix, attack.suffix]), act };
}

function phishedAtOld(scene: Scene, lagos: Address): Story {
  const atMs = scene.nowMs - ATTACK_AGO_MS + 30 * MINUTE_MS;
  const attack = hapiSession(atMs, lagos, scene.random.fork('old attack'));
  scene.own.old.sessions.push(attack);
  scene.own.old.logins.push(hapiLogin(atMs, lagos, strangeDevice(scene.company.operator.laptop)));
  return story('phished-operator', 'old', scene, [attack.suffix]);
}

/** The panel rewrites address and user agent of a row from whoever uses its cookie: here the thief. */
function stolenPanelCookie(scene: Scene, lagos: Address): Story {
  const { operator } = scene.company;
  const random = scene.random.fork('panel');
  const session = panelSession(scene.nowMs - 2 * DAY_MS, operator.at.home, operator.laptop, random);
  scene.own.panel.sessions.push(session);
  const act = () => {
    session.ipAddress = lagos.ip;
    session.userAgent = userAgentAt(strangeDevice(operator.laptop), scene.now());
  };
  return { ...story('stolen-cookie', 'panel', scene, [session.token]), act };
}

/** Rows of the file service never expire and have no address: only the client gives this one away. */
function scriptInFiles(scene: Scene): Story {
  const random = scene.random.fork('script');
  const script = {
    ...fileSession(scene.company.operator.id, scene.nowMs - 3 * DAY_MS, 'firefox-linux', random),
    ua: 'python-requests/2.32.3',
    client: 'Unknown',
    device: 'Unknown',
  };
  scene.own.files.sessions.push(script);
  return story('script-in-files', 'files', scene, [script.id]);
}

function forgottenFiles(scene: Scene): Story {
  const random = scene.random.fork('forgotten');
  const session = fileSession(
    scene.company.operator.id,
    scene.nowMs - 200 * DAY_MS,
    'chrome-windows',
    random,
  );
  scene.own.files.sessions.push(session);
  return story('forgotten-session', 'files', scene, [session.id]);
}

function ownSessions(scene: Scene): Story[] {
  const { chat, company, own } = scene;
  const mine = chat.sessions.filter((one) => one.userId === company.operator.id);
  return [
    story(
      'own-sessions',
      'chat',
      scene,
      mine.map((one) => one.sessionId),
    ),
    story('own-sessions', 'files', scene, [own.files.own.id]),
    story('own-sessions', 'panel', scene, [own.panel.own.token]),
    story('own-sessions', 'old', scene, currentSuffixes(own.old)),
    story('own-sessions', 'portal', scene, currentSuffixes(own.portal)),
  ];
}

function currentSuffixes(service: OwnStage['old'] | OwnStage['portal']): string[] {
  return [...service.sessions].filter((one) => one.isCurrent).map((one) => one.suffix);
}

function leftCompany(scene: Scene): Story {
  const known = new Set(scene.chat.users.map((user) => user.id));
  const left = scene.chat.sessions.filter((one) => !known.has(one.userId));
  const ids = left.map((one) => one.sessionId);
  return { ...story('left-company', 'chat', scene, ids), person: 'somebody who left' };
}

const titles: Partial<Record<StoryId, string>> = {
  'phished-operator': "Somebody else signs in with the operator's password",
  'stolen-cookie': 'A stolen cookie',
  'script-in-files': 'A script holds a session',
  'forgotten-session': 'A session of 200 days',
  'own-sessions': "The operator's own sessions",
  'left-company': 'A session outlives its deleted user',
};

function story(id: StoryId, source: SourceId, { company }: Scene, sessions: readonly string[]): Story {
  return { id, title: titles[id] ?? id, source, person: company.operator.name, sessions, act: null };
}

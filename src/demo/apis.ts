import type { Acts } from './acts.ts';
import { createApi, type Apis } from './api/create-api.ts';
import { MINUTE_MS, type DemoClock } from './clock.ts';
import type { Scene } from './story.ts';

/** The running far sides by source id. */
export type DemoApis = {
  readonly app: Apis['better-auth'];
  readonly chat: Apis['rocketchat'];
  readonly files: Apis['zipline'];
  readonly panel: Apis['xyrapanel'];
  readonly old: Apis['7331-hapi'];
  readonly portal: Apis['7331-portal'];
};

/** Every so often a chat connection drops and resumes under another id. */
const RECONNECT_EVERY_MS = 5 * MINUTE_MS;

/** Starts the six APIs over the scene; what happens between two listings is played when a listing begins. */
export async function startApis(
  scene: Scene,
  clock: DemoClock,
  acts: Readonly<Record<'app' | 'panel' | 'portal', Acts>>,
): Promise<DemoApis> {
  const { app, chat, own } = scene;
  const unlisted = new Set<string>();
  const [appApi, chatApi, files, panel, old, portal] = await Promise.all([
    createApi('better-auth', {
      clock,
      ...app,
      onFirstPage: () => {
        acts.app.listingBegins();
        for (const user of app.users) unlisted.add(user.id);
      },
      onListed: (userId) => {
        if (unlisted.delete(userId) && unlisted.size === 0) acts.app.listed();
      },
    }),
    createApi('rocketchat', { clock, ...chat, tokens: [chat.token], onFirstPage: () => reconnectInTime() }),
    createApi('zipline', { clock, sessions: own.files.sessions, users: [own.files.user] }),
    createApi('xyrapanel', {
      clock,
      sessions: own.panel.sessions,
      signingSecret: own.panel.signingSecret,
      onFirstPage: () => acts.panel.listingBegins(),
      onListed: () => acts.panel.listed(),
    }),
    createApi('7331-hapi', { clock, ...own.old, cookies: [own.old.cookie] }),
    createApi('7331-portal', {
      clock,
      sessions: own.portal.sessions,
      cookies: [own.portal.cookie],
      onFirstPage: () => {
        acts.portal.listingBegins();
        acts.portal.listed();
      },
    }),
  ]);
  let reconnectedAtMs = clock.now();
  let turns = 0;
  const reconnectInTime = () => {
    if (clock.now() < reconnectedAtMs + RECONNECT_EVERY_MS) return;
    reconnectedAtMs = clock.now();
    const session = chat.sessions[(turns * 7) % chat.sessions.length];
    turns += 1;
    if (session?.logoutAtMs === null) chatApi.reconnect(session.sessionId);
  };
  return { app: appApi, chat: chatApi, files, panel, old, portal };
}

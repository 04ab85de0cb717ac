import type { SourceConfig } from '../contract/source.ts';
import { xyrapanelCookie } from './api/xyrapanel-identity.ts';
import { ziplineCookie } from './api/zipline.ts';
import type { Person } from './company.ts';
import type { DemoApis } from './apis.ts';
import type { Scene } from './story.ts';

const names = {
  app: 'SESSIONSCOPE_DEMO_APP_TOKEN',
  chat: 'SESSIONSCOPE_DEMO_CHAT_TOKEN',
  filesToken: 'SESSIONSCOPE_DEMO_FILES_TOKEN',
  filesCookie: 'SESSIONSCOPE_DEMO_FILES_COOKIE',
  panel: 'SESSIONSCOPE_DEMO_PANEL_COOKIE',
  old: 'SESSIONSCOPE_DEMO_OLD_COOKIE',
  portal: 'SESSIONSCOPE_DEMO_PORTAL_COOKIE',
} as const;

/** The running APIs as sources; secrets are references, resolved through the host like any other. */
export function demoSources(apis: DemoApis, { id, name, email }: Person): readonly SourceConfig[] {
  const owner = { id, name, email };
  const ref = (key: keyof typeof names) => ({ env: names[key] });
  return [
    { id: 'app', kind: 'better-auth', mode: 'admin', url: apis.app.url, auth: { bearer: ref('app') } },
    {
      id: 'chat',
      kind: 'rocketchat',
      mode: 'admin',
      url: apis.chat.url,
      auth: { userId: id, token: ref('chat') },
    },
    {
      id: 'files',
      kind: 'zipline',
      url: apis.files.url,
      auth: { token: ref('filesToken'), cookie: ref('filesCookie') },
      owner,
    },
    { id: 'panel', kind: 'xyrapanel', url: apis.panel.url, auth: { cookie: ref('panel') }, owner },
    { id: 'old', kind: '7331-hapi', url: apis.old.url, auth: { cookie: ref('old') }, owner },
    { id: 'portal', kind: '7331-portal', url: apis.portal.url, auth: { cookie: ref('portal') }, owner },
  ];
}

/** What those references stand for. */
export function demoSecrets({ app, chat, own }: Scene): ReadonlyMap<string, string> {
  return new Map([
    [names.app, app.own.token],
    [names.chat, chat.token.token],
    [names.filesToken, own.files.user.token],
    [names.filesCookie, ziplineCookie(own.files.own.id)],
    [names.panel, xyrapanelCookie(own.panel.own.token, own.panel.signingSecret)],
    [names.old, `hsession=${own.old.cookie}`],
    [names.portal, `psession=${own.portal.cookie}`],
  ]);
}

import type { SourceKind } from '../../contract/source.ts';

/** One secret a credential is made of. `name` is its key in the sources file. */
export type SecretSlot = { readonly name: string; readonly label: string; readonly help: string };

/** One way to sign in at a kind of source; all of its secrets are needed. */
export type Credential = {
  readonly id: string;
  readonly label: string;
  readonly slots: readonly SecretSlot[];
};

/** What the form asks for each kind. */
export type SourceForm = {
  readonly kind: SourceKind;
  readonly label: string;
  readonly urlExample: string;
  readonly hasMode: boolean;
  /** Rocket.Chat names the user beside the token. */
  readonly hasUserId: boolean;
  readonly credentials: readonly [Credential, ...Credential[]];
};

const cookie: SecretSlot = {
  name: 'cookie',
  label: 'Cookie',
  help: 'The whole Cookie header: name=value; name=value',
};
const byCookie: Credential = { id: 'cookie', label: 'Browser cookie', slots: [cookie] };

export const sourceForms: readonly [SourceForm, ...SourceForm[]] = [
  {
    kind: 'rocketchat',
    label: 'Rocket.Chat',
    urlExample: 'https://chat.example.org',
    hasMode: true,
    hasUserId: true,
    credentials: [
      {
        id: 'token',
        label: 'Personal access token',
        slots: [{ name: 'token', label: 'Token', help: 'X-Auth-Token of the user' }],
      },
      {
        id: 'token-totp',
        label: 'Token and one-time code',
        slots: [
          { name: 'token', label: 'Token', help: 'X-Auth-Token of the user' },
          { name: 'code', label: 'Second factor', help: 'Current code; administrators’ calls ask for it' },
        ],
      },
    ],
  },
  {
    kind: 'better-auth',
    label: 'better-auth',
    urlExample: 'https://app.example.org/api/auth',
    hasMode: true,
    hasUserId: false,
    credentials: [
      {
        id: 'bearer',
        label: 'Bearer token',
        slots: [{ name: 'bearer', label: 'Bearer token', help: 'Needs the bearer plugin' }],
      },
      byCookie,
    ],
  },
  {
    kind: 'zipline',
    label: 'Zipline',
    urlExample: 'https://files.example.org',
    hasMode: false,
    hasUserId: false,
    credentials: [
      {
        id: 'token',
        label: 'API token',
        slots: [{ name: 'token', label: 'API token', help: 'Lists only; ending needs the cookie as well' }],
      },
      byCookie,
      {
        id: 'both',
        label: 'Token and cookie',
        slots: [{ name: 'token', label: 'API token', help: 'Of the same user as the cookie' }, cookie],
      },
    ],
  },
  {
    kind: 'xyrapanel',
    label: 'XyraPanel',
    urlExample: 'https://panel.example.org',
    hasMode: false,
    hasUserId: false,
    credentials: [
      byCookie,
      {
        id: 'apiKey',
        label: 'API key',
        slots: [{ name: 'apiKey', label: 'API key', help: 'From the account’s security page' }],
      },
    ],
  },
  {
    kind: '7331-hapi',
    label: '7331 (older interface)',
    urlExample: 'https://accounts.example.org',
    hasMode: false,
    hasUserId: false,
    credentials: [byCookie],
  },
  {
    kind: '7331-portal',
    label: '7331 portal (read-only)',
    urlExample: 'https://portal.example.org',
    hasMode: false,
    hasUserId: false,
    credentials: [byCookie],
  },
];

export function sourceFormOf(kind: SourceKind): SourceForm {
  return sourceForms.find((form) => form.kind === kind) ?? sourceForms[0];
}

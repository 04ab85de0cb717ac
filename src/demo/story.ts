import type { AppStage } from './app-stage.ts';
import type { ChatStage } from './chat-stage.ts';
import type { Company } from './company.ts';
import type { OwnStage } from './own-stage.ts';
import type { Random } from './random.ts';
import type { Addresses } from './world.ts';

/** The sources of the company by their ids. */
export type SourceId = 'app' | 'chat' | 'files' | 'panel' | 'old' | 'portal';

export type StoryId =
  | 'traveller'
  | 'vpn-user'
  | 'stolen-cookie'
  | 'impossible-journey'
  | 'new-country'
  | 'forgotten-session'
  | 'impersonated-session'
  | 'own-sessions'
  | 'left-company'
  | 'phished-operator'
  | 'script-in-files';

/** Something that happens to somebody, scripted. */
export type Story = {
  readonly id: StoryId;
  readonly title: string;
  readonly source: SourceId;
  /** Name of the person it happens to. */
  readonly person: string;
  /** Native ids of its sessions: better-auth `id`, Rocket.Chat `sessionId`, Zipline `id`, panel token, 7331 suffix. */
  readonly sessions: readonly string[];
  /** What happens between the first complete listing of its source and the next one; null when all of it is past. */
  readonly act: (() => void) | null;
};

/** Everything a story may use or change. */
export type Scene = {
  readonly company: Company;
  readonly addresses: Addresses;
  readonly nowMs: number;
  readonly now: () => number;
  readonly random: Random;
  readonly app: AppStage;
  readonly chat: ChatStage;
  readonly own: OwnStage;
};

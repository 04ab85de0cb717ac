import type { SourceConfig } from '../contract/source.ts';
import { createActs } from './acts.ts';
import { startApis, type DemoApis } from './apis.ts';
import { createAppStage } from './app-stage.ts';
import { createChatStage } from './chat-stage.ts';
import type { DemoClock } from './clock.ts';
import { createCompany, type Company } from './company.ts';
import { createOwnStage } from './own-stage.ts';
import { createRandom } from './random.ts';
import { demoSecrets, demoSources } from './sources.ts';
import { tellStories } from './stories.ts';
import type { Scene, SourceId, Story } from './story.ts';
import { createAddresses, type Address } from './world.ts';

export type DemoOptions = {
  /** The company's past is dated back from this clock's moment of creation. */
  readonly clock: DemoClock;
  /** Same seed, same company; default 7331. */
  readonly seed?: number;
};

/** The simulated company. Structurally the engine's `Demo`, and more for those who want to look behind the scenes. */
export type SimulatedCompany = {
  /** Starts the six APIs on loopback and answers their sources; a second call answers the same ones. */
  start(): Promise<readonly SourceConfig[]>;
  /** Stops them. What happened to the company stays: a later start goes on from there, on other ports. */
  stop(): Promise<void>;
  /** Environment name to value: what the sources' references resolve to. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Plays what otherwise happens between the first complete listing of a source and its next one. */
  advance(): void;
  readonly company: Company;
  readonly stories: readonly Story[];
  /** Every address anybody uses, with the place it is meant to be at. */
  readonly addresses: readonly Address[];
  /** Throws while the company is stopped. */
  apis(): DemoApis;
};

/** Creates the company: nothing listens until `start()`. */
export function createDemo({ clock, seed = 7331 }: DemoOptions): SimulatedCompany {
  const scene = createScene(clock, seed);
  const stories = tellStories(scene);
  const actsOf = (source: SourceId) =>
    createActs(
      stories.flatMap((story) => (story.source === source && story.act !== null ? [story.act] : [])),
    );
  const acts = { app: actsOf('app'), panel: actsOf('panel'), portal: actsOf('portal') };
  let running: { readonly apis: DemoApis; readonly sources: readonly SourceConfig[] } | null = null;
  return {
    secrets: demoSecrets(scene),
    company: scene.company,
    stories,
    addresses: scene.addresses.taken,
    advance() {
      for (const one of Object.values(acts)) one.play();
    },
    apis() {
      if (running === null) throw new Error('The simulated company is not running.');
      return running.apis;
    },
    async start() {
      if (running === null) {
        const apis = await startApis(scene, clock, acts);
        running = { apis, sources: demoSources(apis, scene.company.operator) };
      }
      return running.sources;
    },
    async stop() {
      const apis = running?.apis;
      running = null;
      if (apis !== undefined) await Promise.all(Object.values(apis).map((api) => api.close()));
    },
  };
}

function createScene(clock: DemoClock, seed: number): Scene {
  const random = createRandom(seed);
  const addresses = createAddresses();
  const nowMs = clock.now();
  const company = createCompany(random.fork('company'), addresses);
  return {
    company,
    addresses,
    nowMs,
    now: () => clock.now(),
    random: random.fork('stories'),
    app: createAppStage(company, nowMs, random.fork('app')),
    chat: createChatStage(company, addresses, nowMs, random.fork('chat')),
    own: createOwnStage(company, nowMs, random.fork('own')),
  };
}

import { appStories } from './app-stories.ts';
import { operatorStories } from './operator-stories.ts';
import type { Scene, Story } from './story.ts';

/** Puts all stories on the stage. Call it once. */
export function tellStories(scene: Scene): readonly Story[] {
  return [...appStories(scene), ...operatorStories(scene)];
}

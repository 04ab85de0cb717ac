import type { LucideIcon } from 'lucide-react';
import {
  ChartColumn,
  ChartGantt,
  CircleStop,
  Flag,
  Globe,
  Link2,
  MonitorSmartphone,
  Plug,
  Settings,
  Siren,
} from 'lucide-react';
import type { ListName } from '../../contract/system.ts';

export type Page = {
  readonly path: string;
  readonly name: string;
  readonly group: 'Investigate' | 'Respond' | 'Manage';
  readonly icon: LucideIcon;
  /** Which list the shared query is checked against and completed for; null where no query applies. */
  readonly list: ListName | null;
};

/** Every page, in the order of the navigation. */
export const pages: readonly Page[] = [
  { path: '/', name: 'Overview', group: 'Investigate', icon: ChartColumn, list: 'sessions' },
  { path: '/sessions', name: 'Sessions', group: 'Investigate', icon: MonitorSmartphone, list: 'sessions' },
  { path: '/map', name: 'Map', group: 'Investigate', icon: Globe, list: 'sessions' },
  { path: '/timeline', name: 'Timeline', group: 'Investigate', icon: ChartGantt, list: null },
  { path: '/incidents', name: 'Incidents', group: 'Investigate', icon: Siren, list: 'incidents' },
  { path: '/findings', name: 'Findings', group: 'Investigate', icon: Flag, list: 'findings' },
  { path: '/revocations', name: 'Revocations', group: 'Respond', icon: CircleStop, list: null },
  { path: '/sources', name: 'Sources', group: 'Manage', icon: Plug, list: null },
  { path: '/audit', name: 'Audit', group: 'Manage', icon: Link2, list: null },
  { path: '/settings', name: 'Settings', group: 'Manage', icon: Settings, list: null },
];

export function pageAt(path: string): Page | undefined {
  return pages.find((page) => page.path === path);
}

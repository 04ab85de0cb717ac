import { Group } from '@mantine/core';
import { useAddress } from '../address/use-address.ts';
import { PageLink } from '../address/page-link.tsx';
import { ConnectionStatus } from './connection-status.tsx';
import { pages, type Page } from './pages.ts';
import { SchemeSwitch } from './scheme-switch.tsx';
import classes from './shell.module.css';

const groups: readonly Page['group'][] = ['Investigate', 'Respond', 'Manage'];

/** All pages; the shared query comes along whichever is chosen. */
export function Navigation() {
  const { path } = useAddress();
  return (
    <nav className={classes.navigation} aria-label="Pages">
      <div className={classes.brand}>
        <img src="/icon.svg" width={22} height={22} alt="" />
        Sessionscope
      </div>
      <div className={classes.pages}>
        {groups.map((group) => (
          <div key={group}>
            <div className={classes.group}>{group}</div>
            {pages
              .filter((page) => page.group === group)
              .map((page) => (
                <PageLink
                  key={page.path}
                  to={page.path}
                  className={classes.page}
                  underline="never"
                  data-active={page.path === path || undefined}
                  aria-current={page.path === path ? 'page' : undefined}
                >
                  <page.icon size={16} aria-hidden />
                  {page.name}
                </PageLink>
              ))}
          </div>
        ))}
      </div>
      <Group justify="space-between" className={classes.foot}>
        <ConnectionStatus />
        <SchemeSwitch />
      </Group>
    </nav>
  );
}

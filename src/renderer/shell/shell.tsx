import { VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useAddress } from '../address/use-address.ts';
import { useChanges } from '../data/use-changes.ts';
import { QueryBox } from '../query/query-box.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { DemoBanner } from './demo-banner.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { Navigation } from './navigation.tsx';
import { Palette } from './palette.tsx';
import { pageAt } from './pages.ts';
import classes from './shell.module.css';
import { useKeys } from './use-keys.ts';

/** What stays while pages come and go: navigation, the shared query, the palette and the keyboard. */
export function Shell({ children }: { children: ReactNode }) {
  useChanges();
  const { path } = useAddress();
  const [isHelpOpen, help] = useDisclosure(false);
  const page = pageAt(path);
  const list = page?.list ?? null;
  useKeys({ '?': help.open });

  return (
    <div className={classes.shell}>
      <Navigation />
      <div className={classes.main}>
        <ConnectionBanner />
        <DemoBanner />
        {list !== null && <QueryBox list={list} />}
        <main className={classes.content}>
          <VisuallyHidden component="h1">{page?.name ?? 'Sessionscope'}</VisuallyHidden>
          {children}
        </main>
      </div>
      <Palette onHelp={help.open} />
      <HelpDialog opened={isHelpOpen} onClose={help.close} list={list ?? 'sessions'} />
    </div>
  );
}

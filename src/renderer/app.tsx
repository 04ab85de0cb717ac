import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Router } from 'wouter';
import { useFragmentLocation } from './address/fragment-location.ts';
import { createQueryClient } from './data/query-client.ts';
import { DraftsProvider } from './draft/drafts-provider.tsx';
import { EngineLinkContext, type EngineLink } from './engine-client.ts';
import { PageErrorBoundary } from './notice/page-error-boundary.tsx';
import { Pages } from './pages.tsx';
import { RevokeProvider } from './revoke/revoke-provider.tsx';
import { Gate } from './shell/gate.tsx';
import { Shell } from './shell/shell.tsx';
import { cssVariables, theme } from './theme.ts';

/** The whole page on a link to an engine. `nonce` is the one the host allows style elements under. */
export function App({ link, nonce }: { link: EngineLink; nonce: string }) {
  const [queryClient] = useState(createQueryClient);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <Notifications position="bottom-right" />
      <PageErrorBoundary>
        <EngineLinkContext value={link}>
          <QueryClientProvider client={queryClient}>
            <Router hook={useFragmentLocation}>
              <ModalsProvider>
                <DraftsProvider>
                  <Gate>
                    <RevokeProvider>
                      <Shell>
                        <Pages />
                      </Shell>
                    </RevokeProvider>
                  </Gate>
                </DraftsProvider>
              </ModalsProvider>
            </Router>
          </QueryClientProvider>
        </EngineLinkContext>
      </PageErrorBoundary>
    </MantineProvider>
  );
}

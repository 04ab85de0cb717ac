import { Suspense, useEffect } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { AuditPage } from './audit/audit-page.tsx';
import { FindingsPage } from './findings/findings-page.tsx';
import { IncidentsPage } from './incidents/incidents-page.tsx';
import { fetchWhenIdle, latePage } from './late-page.ts';
import { LoadingNotice } from './notice/loading-notice.tsx';
import { PageErrorBoundary } from './notice/page-error-boundary.tsx';
import { RevocationsPage } from './revocations/revocations-page.tsx';
import { SessionsPage } from './sessions/sessions-page.tsx';
import { SettingsPage } from './settings/settings-page.tsx';
import { SourcesPage } from './sources/sources-page.tsx';

// Charts, the map and its shapes are most of the page's bytes; they come when they are asked for, or when there is time.
const late = {
  overview: () => import('./overview/overview-page.tsx').then(({ OverviewPage }) => OverviewPage),
  map: () => import('./map/map-page.tsx').then(({ MapPage }) => MapPage),
  timeline: () => import('./timeline/timeline-page.tsx').then(({ TimelinePage }) => TimelinePage),
};
const OverviewPage = latePage(late.overview);
const MapPage = latePage(late.map);
const TimelinePage = latePage(late.timeline);

/** Which page an address shows; an unknown one leads to the overview. */
export function Pages() {
  const [path] = useLocation();
  useEffect(() => fetchWhenIdle(Object.values(late)), []);
  return (
    <PageErrorBoundary key={path}>
      <Suspense fallback={<LoadingNotice lines={10} />}>
        <Switch>
          <Route path="/" component={OverviewPage} />
          <Route path="/sessions" component={SessionsPage} />
          <Route path="/map" component={MapPage} />
          <Route path="/timeline" component={TimelinePage} />
          <Route path="/incidents" component={IncidentsPage} />
          <Route path="/findings" component={FindingsPage} />
          <Route path="/revocations" component={RevocationsPage} />
          <Route path="/sources" component={SourcesPage} />
          <Route path="/audit" component={AuditPage} />
          <Route path="/settings" component={SettingsPage} />
          <Route>
            <Redirect to="/" replace />
          </Route>
        </Switch>
      </Suspense>
    </PageErrorBoundary>
  );
}

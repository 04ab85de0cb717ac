import { Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useAddress } from '../address/use-address.ts';
import { overviewQuery } from '../data/costly-reads.ts';
import { useSources } from '../data/use-sources.ts';
import { useEngine } from '../engine-client.ts';
import { Fetched } from '../notice/fetched.tsx';
import { WelcomeNotice } from '../welcome/welcome-notice.tsx';
import { FigureTile } from './figure-tile.tsx';
import { incidentFigures, stateFigures } from './figures.ts';
import { LatestFindings } from './latest-findings.tsx';
import classes from './overview.module.css';
import { SourceHealthList } from './source-health-list.tsx';
import { SourcesChart } from './sources-chart.tsx';

/** Where things stand, for the shared query. */
export function OverviewPage() {
  const { params } = useAddress();
  const query = params.q ?? '';
  const sources = useSources();
  const overview = useQuery({ ...overviewQuery(useEngine(), query), placeholderData: keepPreviousData });
  // Figures of the query before would be taken for those of this one; open incidents don't depend on it.
  const states = stateFigures(overview.isPlaceholderData ? undefined : overview.data, query);
  const unknown = overview.isError ? '–' : '…';

  return (
    <Fetched result={sources} lines={12}>
      {(list) =>
        list.length === 0 ? (
          <WelcomeNotice />
        ) : (
          <div className={classes.page}>
            <section className={classes.tiles} aria-label="Sessions by state">
              {states.map((figure) => (
                <FigureTile key={figure.name} {...figure} to="/sessions" unknown={unknown} />
              ))}
            </section>
            <section className={classes.tiles} aria-label="Open incidents">
              {incidentFigures(overview.data).map((figure) => (
                <FigureTile key={figure.name} {...figure} to="/incidents" unknown={unknown} />
              ))}
            </section>
            <div className={classes.columns}>
              <section className={classes.box}>
                <Title order={2}>Latest findings</Title>
                <LatestFindings />
              </section>
              <div className={classes.stack}>
                <section className={classes.box}>
                  <Title order={2}>Live sessions by source</Title>
                  <SourcesChart sources={list} />
                </section>
                <section className={classes.box}>
                  <Title order={2}>Health of the sources</Title>
                  <SourceHealthList sources={list} />
                </section>
              </div>
            </div>
          </div>
        )
      }
    </Fetched>
  );
}

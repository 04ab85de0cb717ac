import { Title } from '@mantine/core';
import { useAddress } from '../address/use-address.ts';
import { useSources } from '../data/use-sources.ts';
import { Fetched } from '../notice/fetched.tsx';
import { WelcomeNotice } from '../welcome/welcome-notice.tsx';
import { FigureTile } from './figure-tile.tsx';
import { LatestFindings } from './latest-findings.tsx';
import classes from './overview.module.css';
import { SourceHealthList } from './source-health-list.tsx';
import { SourcesChart } from './sources-chart.tsx';
import { useSeverityCounts, useStateCounts } from './use-counts.ts';

/** Where things stand, for the shared query. */
export function OverviewPage() {
  const { params } = useAddress();
  const query = params.q ?? '';
  const sources = useSources();
  const states = useStateCounts(query);
  const severities = useSeverityCounts();

  return (
    <Fetched result={sources} lines={12}>
      {(list) =>
        list.length === 0 ? (
          <WelcomeNotice />
        ) : (
          <div className={classes.page}>
            <section className={classes.tiles} aria-label="Sessions by state">
              {states.map((count) => (
                <FigureTile key={count.name} {...count} to="/sessions" />
              ))}
            </section>
            <section className={classes.tiles} aria-label="Open findings by severity">
              {severities.map((count) => (
                <FigureTile key={count.name} {...count} to="/findings" />
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

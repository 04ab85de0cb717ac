import classes from './evidence.module.css';
import type { TravelEvidence } from './travel-evidence.ts';

const WIDTH = 600;
const HEIGHT = 46;

/** One line of kilometres: what could be reached, and where the other end lies with its uncertainty. */
export function TravelScale({ travel }: { travel: TravelEvidence }) {
  const { distanceKm, reachKm, sigmaKm } = travel;
  const max = Math.max(distanceKm + 2 * sigmaKm, reachKm) * 1.06;
  const x = (kilometres: number) => (WIDTH * Math.max(0, Math.min(kilometres, max))) / max;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={classes.scale}
      role="img"
      aria-label={`Reach ${Math.round(reachKm)} kilometres, distance ${Math.round(distanceKm)} kilometres`}
    >
      <line x1={0} x2={WIDTH} y1={22} y2={22} className={classes.scaleLine} />
      <rect x={0} y={17} width={x(reachKm)} height={10} rx={2} className={classes.scaleReach} />
      <rect
        x={x(distanceKm - 2 * sigmaKm)}
        y={17}
        width={x(distanceKm + 2 * sigmaKm) - x(distanceKm - 2 * sigmaKm)}
        height={10}
        rx={5}
        className={classes.scaleSpread}
      />
      <line x1={x(distanceKm)} x2={x(distanceKm)} y1={12} y2={32} className={classes.scaleMark} />
      <text x={Math.max(2, x(reachKm) - 4)} y={42} textAnchor={x(reachKm) < 120 ? 'start' : 'end'}>
        within reach
      </text>
      <text x={x(distanceKm)} y={9} textAnchor={x(distanceKm) > WIDTH - 90 ? 'end' : 'middle'}>
        the other place
      </text>
    </svg>
  );
}

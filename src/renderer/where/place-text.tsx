import { UntrustedText } from '../text/untrusted-text.tsx';
import { countryName } from './country-name.ts';
import classes from './where.module.css';

type Place = {
  country: string | null;
  region?: string | null;
  city: string | null;
};

/** Country code and city in one line; no flags, which mislead where borders are disputed. */
export function PlaceText({ place: { country, region, city } }: { place: Place }) {
  if (country === null && city === null) return <UntrustedText text={null} />;
  return (
    <span className={classes.place}>
      {country !== null && (
        <span className={classes.country} title={countryName(country)}>
          {country.slice(0, 3)}
        </span>
      )}
      <UntrustedText text={city ?? region ?? (country === null ? null : countryName(country))} />
    </span>
  );
}

import type { Point } from './globe.ts';
import { zoneOf } from './zones.ts';

export type City = Point & {
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Place in the list of the country's cities. */
  readonly slot: number;
  /** By its IANA name: whose clocks people live by. */
  readonly zone: string;
};

/** Centres of cities, to a hundredth of a degree. In lists, so that a country's stay together. */
const rows: Readonly<Record<string, readonly (readonly [name: string, lat: number, lon: number])[]>> = {
  DE: [
    ['Berlin', 52.52, 13.41],
    ['Hamburg', 53.55, 9.99],
    ['Munich', 48.14, 11.58],
    ['Cologne', 50.94, 6.96],
    ['Frankfurt', 50.11, 8.68],
    ['Stuttgart', 48.78, 9.18],
    ['Leipzig', 51.34, 12.37],
    ['Hanover', 52.37, 9.73],
  ],
  FR: [
    ['Paris', 48.86, 2.35],
    ['Lyon', 45.76, 4.84],
    ['Marseille', 43.3, 5.37],
    ['Toulouse', 43.6, 1.44],
    ['Lille', 50.63, 3.06],
    ['Bordeaux', 44.84, -0.58],
    ['Strasbourg', 48.57, 7.75],
  ],
  GB: [
    ['London', 51.51, -0.13],
    ['Manchester', 53.48, -2.24],
    ['Birmingham', 52.49, -1.89],
    ['Edinburgh', 55.95, -3.19],
    ['Bristol', 51.45, -2.59],
    ['Belfast', 54.6, -5.93],
  ],
  ES: [
    ['Madrid', 40.42, -3.7],
    ['Barcelona', 41.39, 2.17],
    ['Valencia', 39.47, -0.38],
    ['Seville', 37.39, -5.98],
    ['Bilbao', 43.26, -2.93],
  ],
  IT: [
    ['Rome', 41.9, 12.5],
    ['Milan', 45.46, 9.19],
    ['Naples', 40.85, 14.27],
    ['Turin', 45.07, 7.69],
    ['Palermo', 38.12, 13.36],
  ],
  NL: [
    ['Amsterdam', 52.37, 4.9],
    ['Rotterdam', 51.92, 4.48],
    ['Eindhoven', 51.44, 5.47],
  ],
  BE: [
    ['Brussels', 50.85, 4.35],
    ['Antwerp', 51.22, 4.4],
  ],
  CH: [
    ['Zurich', 47.38, 8.54],
    ['Geneva', 46.2, 6.14],
    ['Basel', 47.56, 7.59],
  ],
  AT: [
    ['Vienna', 48.21, 16.37],
    ['Graz', 47.07, 15.44],
  ],
  PL: [
    ['Warsaw', 52.23, 21.01],
    ['Krakow', 50.06, 19.94],
    ['Gdansk', 54.35, 18.65],
    ['Wroclaw', 51.11, 17.04],
  ],
  CZ: [
    ['Prague', 50.08, 14.44],
    ['Brno', 49.2, 16.61],
  ],
  SE: [
    ['Stockholm', 59.33, 18.07],
    ['Gothenburg', 57.71, 11.97],
    ['Malmo', 55.6, 13],
  ],
  NO: [
    ['Oslo', 59.91, 10.75],
    ['Bergen', 60.39, 5.32],
  ],
  FI: [['Helsinki', 60.17, 24.94]],
  DK: [
    ['Copenhagen', 55.68, 12.57],
    ['Aarhus', 56.16, 10.2],
  ],
  IE: [
    ['Dublin', 53.35, -6.26],
    ['Cork', 51.9, -8.47],
  ],
  PT: [
    ['Lisbon', 38.72, -9.14],
    ['Porto', 41.15, -8.61],
  ],
  GR: [
    ['Athens', 37.98, 23.73],
    ['Thessaloniki', 40.64, 22.94],
  ],
  RO: [
    ['Bucharest', 44.43, 26.1],
    ['Cluj-Napoca', 46.77, 23.6],
  ],
  HU: [['Budapest', 47.5, 19.04]],
  BG: [['Sofia', 42.7, 23.32]],
  UA: [
    ['Kyiv', 50.45, 30.52],
    ['Lviv', 49.84, 24.03],
    ['Odesa', 46.48, 30.73],
  ],
  RU: [
    ['Moscow', 55.76, 37.62],
    ['Saint Petersburg', 59.93, 30.34],
    ['Novosibirsk', 55.01, 82.93],
    ['Yekaterinburg', 56.84, 60.61],
    ['Vladivostok', 43.12, 131.89],
  ],
  TR: [
    ['Istanbul', 41.01, 28.98],
    ['Ankara', 39.93, 32.86],
    ['Izmir', 38.42, 27.14],
  ],
  IL: [['Tel Aviv', 32.09, 34.78]],
  AE: [
    ['Dubai', 25.2, 55.27],
    ['Abu Dhabi', 24.45, 54.38],
  ],
  SA: [
    ['Riyadh', 24.71, 46.68],
    ['Jeddah', 21.49, 39.19],
  ],
  EG: [
    ['Cairo', 30.04, 31.24],
    ['Alexandria', 31.2, 29.92],
  ],
  MA: [['Casablanca', 33.57, -7.59]],
  NG: [
    ['Lagos', 6.52, 3.38],
    ['Abuja', 9.08, 7.4],
  ],
  KE: [['Nairobi', -1.29, 36.82]],
  GH: [['Accra', 5.6, -0.19]],
  ZA: [
    ['Johannesburg', -26.2, 28.05],
    ['Cape Town', -33.92, 18.42],
    ['Durban', -29.86, 31.02],
  ],
  US: [
    ['New York', 40.71, -74.01],
    ['Los Angeles', 34.05, -118.24],
    ['Chicago', 41.88, -87.63],
    ['Houston', 29.76, -95.37],
    ['Phoenix', 33.45, -112.07],
    ['Philadelphia', 39.95, -75.17],
    ['Dallas', 32.78, -96.8],
    ['San Francisco', 37.77, -122.42],
    ['Seattle', 47.61, -122.33],
    ['Denver', 39.74, -104.99],
    ['Boston', 42.36, -71.06],
    ['Atlanta', 33.75, -84.39],
    ['Miami', 25.76, -80.19],
    ['Minneapolis', 44.98, -93.27],
    ['Washington', 38.91, -77.04],
    ['Honolulu', 21.31, -157.86],
  ],
  CA: [
    ['Toronto', 43.65, -79.38],
    ['Montreal', 45.5, -73.57],
    ['Vancouver', 49.28, -123.12],
    ['Calgary', 51.05, -114.07],
  ],
  MX: [
    ['Mexico City', 19.43, -99.13],
    ['Guadalajara', 20.67, -103.35],
    ['Monterrey', 25.69, -100.32],
  ],
  BR: [
    ['Sao Paulo', -23.55, -46.63],
    ['Rio de Janeiro', -22.91, -43.17],
    ['Brasilia', -15.79, -47.88],
    ['Recife', -8.05, -34.88],
    ['Porto Alegre', -30.03, -51.23],
  ],
  AR: [
    ['Buenos Aires', -34.6, -58.38],
    ['Cordoba', -31.42, -64.18],
  ],
  CL: [['Santiago', -33.45, -70.67]],
  CO: [
    ['Bogota', 4.71, -74.07],
    ['Medellin', 6.24, -75.58],
  ],
  PE: [['Lima', -12.05, -77.04]],
  IN: [
    ['Mumbai', 19.08, 72.88],
    ['Delhi', 28.61, 77.21],
    ['Bangalore', 12.97, 77.59],
    ['Hyderabad', 17.39, 78.49],
    ['Chennai', 13.08, 80.27],
    ['Kolkata', 22.57, 88.36],
  ],
  PK: [
    ['Karachi', 24.86, 67],
    ['Lahore', 31.55, 74.34],
  ],
  BD: [['Dhaka', 23.81, 90.41]],
  LK: [['Colombo', 6.93, 79.86]],
  CN: [
    ['Beijing', 39.9, 116.41],
    ['Shanghai', 31.23, 121.47],
    ['Guangzhou', 23.13, 113.26],
    ['Shenzhen', 22.54, 114.06],
    ['Chengdu', 30.57, 104.07],
  ],
  HK: [['Hong Kong', 22.32, 114.17]],
  TW: [['Taipei', 25.03, 121.57]],
  JP: [
    ['Tokyo', 35.68, 139.69],
    ['Osaka', 34.69, 135.5],
    ['Fukuoka', 33.59, 130.4],
    ['Sapporo', 43.06, 141.35],
  ],
  KR: [
    ['Seoul', 37.57, 126.98],
    ['Busan', 35.18, 129.08],
  ],
  SG: [['Singapore', 1.35, 103.82]],
  MY: [['Kuala Lumpur', 3.14, 101.69]],
  TH: [
    ['Bangkok', 13.76, 100.5],
    ['Chiang Mai', 18.79, 98.98],
  ],
  VN: [
    ['Hanoi', 21.03, 105.85],
    ['Ho Chi Minh City', 10.82, 106.63],
  ],
  ID: [
    ['Jakarta', -6.21, 106.85],
    ['Surabaya', -7.26, 112.75],
  ],
  PH: [
    ['Manila', 14.6, 120.98],
    ['Cebu', 10.32, 123.89],
  ],
  AU: [
    ['Sydney', -33.87, 151.21],
    ['Melbourne', -37.81, 144.96],
    ['Brisbane', -27.47, 153.03],
    ['Perth', -31.95, 115.86],
  ],
  NZ: [
    ['Auckland', -36.85, 174.76],
    ['Wellington', -41.29, 174.78],
  ],
};

/** Cities of the world where people live, sign in and attack from. */
export const cities: readonly City[] = Object.entries(rows).flatMap(([country, list]) =>
  list.map(([name, lat, lon], slot) => ({ name, country, slot, lat, lon, zone: zoneOf(country, name) })),
);

/** Codes in a fixed order: address ranges are handed out by it. */
export const countries: readonly string[] = Object.keys(rows);

const byCountry = new Map(
  countries.map((country) => [country, cities.filter((city) => city.country === country)]),
);

/** Throws for a country that is not in the table. */
export function citiesOf(country: string): readonly City[] {
  const list = byCountry.get(country);
  if (list === undefined) throw new RangeError(`No city of ${country} is in the table.`);
  return list;
}

/** Where a database puts what it knows the country of and nothing more: the middle of the country's cities. */
export function middleOf(country: string): Point {
  const list = citiesOf(country);
  const mean = (part: (city: City) => number) =>
    list.reduce((sum, city) => sum + part(city), 0) / list.length;
  return { lat: mean(({ lat }) => lat), lon: mean(({ lon }) => lon) };
}

/** The city of the table that is nearest, by a map that is flat enough for who only wants to know which. */
export function nearestCity(point: Point): City {
  const gap = ({ lat, lon }: City) => {
    const east = Math.abs(lon - point.lon);
    return Math.hypot(lat - point.lat, Math.min(east, 360 - east) * Math.cos((point.lat * Math.PI) / 180));
  };
  return cities.reduce((best, city) => (gap(city) < gap(best) ? city : best));
}

/** A real public network: what the routing tables and the bundled city database say about its addresses. */
export type Network = {
  readonly asn: number;
  readonly org: string;
  readonly kind: 'fixed' | 'cellular' | 'hosting' | 'vpn';
  /** IPv4 /24 prefixes (`77.20.99`) that lie in the city with all their addresses. */
  readonly prefixes: readonly string[];
  /** An IPv6 /48 (`2a02:2454:40`), where the story wants one. */
  readonly prefix6?: string;
};

export type City = {
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly region: string;
  readonly lat: number;
  readonly lon: number;
  readonly networks: readonly Network[];
};

export type CityId = keyof typeof cities;

const network = (
  asn: number,
  org: string,
  kind: Network['kind'],
  prefixes: readonly string[],
  prefix6?: string,
): Network => ({ asn, org, kind, prefixes, ...(prefix6 === undefined ? {} : { prefix6 }) });

/**
 * Where the company's people and attackers are. Every prefix was looked up in the bundled DB-IP city and ASN tables of
 * June 2026; a test looks all of them up again. A network listed first in a city is where offices are.
 */
export const cities = {
  berlin: city('Berlin', 'DE', 'Berlin', 52.52, 13.405, [
    network(8881, '1&1 Versatel', 'fixed', ['62.214.62', '87.123.252', '92.116.243']),
    network(3209, 'Vodafone', 'fixed', ['2.200.107', '77.20.99', '88.134.137', '91.65.213', '92.76.26']),
    network(3320, 'Deutsche Telekom', 'fixed', ['31.59.224', '80.142.9', '84.185.104', '95.135.78']),
    network(20880, 'Tele Columbus', 'fixed', ['62.117.0', '62.117.25', '86.56.71'], '2a02:2454:40'),
    network(6805, 'Telefonica Germany', 'cellular', ['2.242.50', '77.13.111', '77.191.220', '89.13.76']),
  ]),
  munich: city('Munich', 'DE', 'Bavaria', 48.137, 11.575, [
    network(3320, 'Deutsche Telekom', 'fixed', ['2.165.1', '80.144.193', '93.229.96', '217.90.140']),
    network(8767, 'M-net', 'fixed', ['62.245.205', '88.217.10', '93.104.9', '188.174.212']),
    network(6805, 'Telefonica Germany', 'cellular', ['5.4.227', '77.4.77', '92.225.46']),
  ]),
  hamburg: city('Hamburg', 'DE', 'Hamburg', 53.55, 10, [
    network(3320, 'Deutsche Telekom', 'fixed', ['2.162.0', '79.196.48', '84.136.68', '93.252.8']),
    network(3209, 'Vodafone', 'fixed', ['2.200.80', '31.18.15', '47.64.49', '88.70.169']),
    network(6805, 'Telefonica Germany', 'cellular', ['2.210.129', '77.1.136']),
  ]),
  london: city('London', 'GB', 'England', 51.507, -0.128, [
    network(2856, 'British Telecommunications', 'fixed', [
      '5.80.0',
      '81.128.182',
      '86.135.184',
      '95.150.101',
    ]),
    network(5607, 'Sky UK', 'fixed', ['2.120.0', '5.65.33', '90.197.178', '94.1.82']),
    network(5089, 'Virgin Media', 'fixed', ['77.99.199', '82.0.7', '86.6.154']),
    network(206067, 'Hutchison 3G UK', 'cellular', ['92.40.0', '94.196.199', '188.29.175']),
  ]),
  paris: city('Paris', 'FR', 'Ile-de-France', 48.857, 2.351, [
    network(3215, 'Orange', 'fixed', ['2.4.0', '82.125.203', '90.20.76', '92.143.180']),
    network(12322, 'Free', 'fixed', ['78.251.39', '82.224.182', '88.165.72', '91.163.78'], '2a01:e0a:80'),
    network(51207, 'Free Mobile', 'cellular', ['37.168.168', '37.171.15', '37.173.76']),
  ]),
  amsterdam: city('Amsterdam', 'NL', 'North Holland', 52.368, 4.904, [
    network(1136, 'KPN', 'fixed', ['31.149.12', '77.162.63', '84.86.235', '92.69.104']),
    network(33915, 'Vodafone Libertel', 'fixed', ['5.199.188', '77.251.151', '84.31.87']),
    network(50266, 'Odido', 'cellular', ['62.166.196', '85.144.68', '87.209.130']),
  ]),
  newYork: city('New York', 'US', 'New York', 40.713, -74.006, [
    network(701, 'Verizon Business', 'fixed', ['74.108.180', '108.6.155', '151.202.106']),
    network(12271, 'Charter Communications', 'fixed', ['66.65.120', '68.173.190', '72.229.74', '74.73.163']),
    network(21928, 'T-Mobile USA', 'cellular', ['68.29.220', '68.29.222', '68.31.44']),
    network(9009, 'M247', 'vpn', ['146.70.63', '185.139.34']),
  ]),
  zurich: city('Zurich', 'CH', 'Zurich', 47.377, 8.542, [
    network(212238, 'Datacamp', 'vpn', ['89.222.96', '92.39.55']),
  ]),
  stockholm: city('Stockholm', 'SE', 'Stockholm', 59.333, 18.066, [
    network(39351, '31173 Services', 'vpn', ['45.85.106', '154.43.129']),
  ]),
  frankfurt: city('Frankfurt', 'DE', 'Hesse', 50.111, 8.682, [
    network(24940, 'Hetzner Online', 'hosting', ['138.201.78', '157.90.9']),
  ]),
  singapore: city('Singapore', 'SG', '', 1.352, 103.82, [
    network(55430, 'Starhub Internet', 'fixed', ['116.87.222', '182.55.87']),
    network(9506, 'Singapore Telecommunications', 'fixed', ['116.15.35', '119.74.193']),
  ]),
  hanoi: city('Hanoi', 'VN', 'Hanoi', 21.028, 105.834, [
    network(45899, 'VNPT', 'fixed', ['14.188.168', '113.168.100']),
  ]),
  bucharest: city('Bucharest', 'RO', 'Bucharest', 44.427, 26.103, [
    network(8708, 'DIGI ROMANIA', 'fixed', ['86.123.144', '188.25.93']),
  ]),
  lagos: city('Lagos', 'NG', 'Lagos', 6.465, 3.425, [
    network(36873, 'Airtel Networks', 'fixed', ['105.112.2', '105.115.168', '105.118.75']),
  ]),
} satisfies Record<string, City>;

function city(
  name: string,
  country: string,
  region: string,
  lat: number,
  lon: number,
  networks: readonly Network[],
): City {
  return { name, country, region, lat, lon, networks };
}

/** An address that somebody uses, with what is true about it. */
export type Address = {
  readonly ip: string;
  readonly city: CityId;
  readonly network: Network;
};

/** Hands out addresses of a city, each to one holder: /24 after /24, so that people don't look like neighbours. */
export type Addresses = {
  take(city: CityId, kind: Network['kind']): Address;
  /** A host of the first IPv6 prefix in the city. */
  take6(city: CityId): Address;
  /** The office egress: the first network's first prefix, always the same address. */
  office(city: CityId): Address;
  /** Everything handed out so far. */
  readonly taken: readonly Address[];
};

const OFFICE_HOST = 9;
const FIRST_HOST = 21;
const HOST_STEP = 37;

export function createAddresses(): Addresses {
  const taken: Address[] = [];
  const counts = new Map<string, number>();
  const offices = new Map<CityId, Address>();
  const hand = (address: Address): Address => {
    taken.push(address);
    return address;
  };
  return {
    taken,
    take(id, kind) {
      const places = cities[id].networks
        .filter((one) => one.kind === kind)
        .flatMap((one) => one.prefixes.map((prefix) => ({ network: one, prefix })));
      const count = counts.get(`${id} ${kind}`) ?? 0;
      counts.set(`${id} ${kind}`, count + 1);
      const place = places[count % places.length];
      if (place === undefined) throw new Error(`There is no ${kind} network in ${cities[id].name}.`);
      const host = FIRST_HOST + ((count * HOST_STEP) % 220);
      return hand({ ip: `${place.prefix}.${host}`, city: id, network: place.network });
    },
    take6(id) {
      const found = cities[id].networks.find((one) => one.prefix6 !== undefined);
      if (found?.prefix6 === undefined) throw new Error(`There is no IPv6 network in ${cities[id].name}.`);
      const count = counts.get(`${id} 6`) ?? 0;
      counts.set(`${id} 6`, count + 1);
      return hand({ ip: `${found.prefix6}:${(0x10 + count).toString(16)}::1`, city: id, network: found });
    },
    office(id) {
      const known = offices.get(id);
      if (known !== undefined) return known;
      const [first] = cities[id].networks;
      const [prefix] = first?.prefixes ?? [];
      if (first === undefined || prefix === undefined) throw new Error('The office has no network.');
      const office = hand({ ip: `${prefix}.${OFFICE_HOST}`, city: id, network: first });
      offices.set(id, office);
      return office;
    },
  };
}

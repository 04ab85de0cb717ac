/** What one part of the tree may import. The first zone whose `files` starts a path decides. */
export type Zone = {
  /** Path prefix, or a pattern in which `*` stands for one folder name. */
  readonly files: string;
  /** Path prefixes beside the zone's own folder. */
  readonly paths: readonly string[];
  /** Packages; `node:` stands for every built-in module, `node:crypto` for that one. */
  readonly packages: readonly string[];
  /** A folder whose siblings are walled off: no vendor imports another. */
  readonly ownFolderOnly?: boolean;
};

const ENGINE_BASICS = [
  'src/engine/errors.ts',
  'src/engine/host.ts',
  'src/engine/secret.ts',
  'src/engine/whereabouts.ts',
];
const ENGINE_DOORS = [
  'src/engine/engine.ts',
  'src/engine/router.ts',
  'src/engine/host.ts',
  'src/engine/errors.ts',
  'src/engine/secret.ts',
  'src/engine/reference-secrets.ts',
  'src/engine/small-heaps.ts',
  'src/engine/system-clock.ts',
];
/** Looking after a data directory needs no engine: it may be too damaged for one. */
const CARE_DOORS = [
  'src/engine/store/care/doctor.ts',
  'src/engine/store/care/examination.ts',
  'src/engine/store/care/restore.ts',
];

/**
 * Who may import whom: an allow-list, so that a new arrow between layers and a new package in a layer are
 * each a reviewed line. Entries nobody uses fail the check.
 */
export const zones: readonly Zone[] = [
  { files: 'src/contract/', paths: [], packages: ['zod'] },

  { files: 'src/engine/respond/plan.ts', paths: ['src/contract/'], packages: [] },
  {
    files: 'src/engine/detect/',
    paths: [
      'src/contract/',
      'src/engine/enrich/',
      'src/engine/query/ip-range.ts',
      'src/engine/text-order.ts',
      'src/engine/whereabouts.ts',
    ],
    packages: [],
  },
  {
    files: 'src/engine/enrich/',
    paths: ['src/contract/', ...ENGINE_BASICS],
    packages: ['node:', '@photostructure/tz-lookup', 'ipaddr.js', 'maxmind', 'ua-parser-js'],
  },
  {
    files: 'src/engine/query/',
    paths: ['src/contract/', 'src/engine/enrich/ip.ts', 'src/engine/errors.ts'],
    packages: ['chevrotain', 'ipaddr.js'],
  },
  {
    files: 'src/engine/report/',
    paths: ['src/contract/', ...ENGINE_BASICS],
    packages: ['node:'],
  },
  {
    files: 'src/engine/source/*/',
    ownFolderOnly: true,
    paths: [
      'src/contract/',
      ...ENGINE_BASICS,
      'src/engine/source/source.ts',
      'src/engine/source/http.ts',
      'src/engine/source/answer.ts',
      'src/engine/source/rate-dialect.ts',
      'src/engine/source/read-ahead.ts',
      'src/engine/source/rows.ts',
    ],
    packages: ['zod', 'node:crypto'],
  },
  {
    files: 'src/engine/source/',
    paths: ['src/contract/', ...ENGINE_BASICS],
    packages: ['undici', 'p-queue', 'zod'],
  },
  {
    files: 'src/engine/history/',
    paths: [
      'src/contract/',
      'src/engine/enrich/',
      'src/engine/poll/session-key.ts',
      'src/engine/source/',
      'src/engine/store/batch-result.ts',
      'src/engine/store/judgement.ts',
      'src/engine/store/records.ts',
      'src/engine/store/store-writer.ts',
      'src/engine/store/store.ts',
      'src/engine/store/user-number.ts',
      ...ENGINE_BASICS,
    ],
    packages: ['node:', 'csv-parse', 'zod'],
  },
  {
    files: 'src/engine/',
    paths: ['src/contract/'],
    packages: ['node:', '@trpc/server', 'better-sqlite3', 'zod'],
  },

  {
    files: 'src/link/',
    paths: ['src/contract/', ...ENGINE_DOORS],
    packages: ['@trpc/client', '@trpc/server'],
  },
  {
    files: 'src/main/engine-entry.ts',
    paths: ['src/contract/', 'src/link/', 'src/main/', 'src/demo/demo.ts', ...ENGINE_DOORS],
    packages: ['node:'],
  },
  { files: 'src/main/', paths: ['src/contract/'], packages: ['electron', 'env-paths', 'node:'] },
  { files: 'src/preload/', paths: ['src/contract/'], packages: ['electron'] },
  {
    files: 'src/web/',
    paths: ['src/contract/', 'src/link/', ...ENGINE_DOORS],
    packages: ['node:', '@fastify/static', '@trpc/server', 'fastify', 'ws'],
  },
  {
    files: 'src/cli/',
    paths: ['src/contract/', 'src/link/', 'src/web/', 'src/demo/demo.ts', ...ENGINE_DOORS, ...CARE_DOORS],
    packages: ['node:', 'cli-table3', 'commander', 'csv-stringify', 'env-paths', 'open'],
  },
  { files: 'src/demo/', paths: ['src/contract/'], packages: ['node:'] },
  {
    files: 'src/renderer/',
    paths: ['src/contract/', 'src/link/', 'src/engine/router.ts'],
    packages: [
      '@mantine/core',
      '@mantine/form',
      '@mantine/hooks',
      '@mantine/modals',
      '@mantine/notifications',
      '@mantine/spotlight',
      '@tanstack/react-query',
      '@tanstack/react-virtual',
      'dayjs',
      'geojson',
      'get-nonce',
      'leaflet',
      'lucide-react',
      'react',
      'react-dom',
      'react-leaflet',
      'recharts',
      'supercluster',
      'topojson-client',
      'topojson-specification',
      'wouter',
      'world-atlas',
    ],
  },
];

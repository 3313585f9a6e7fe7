import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const source = join(root, 'src');

/** Which folders of `src` a folder may import from, besides itself. `src/*.ts`, the entries, see everything. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  storage: ['kernel'],
  schedule: ['kernel'],
  actors: ['kernel', 'storage', 'schedule'],
  gateway: ['kernel', 'actors'],
  pictures: ['kernel'],
  operator: ['kernel', 'actors', 'storage', 'schedule'],
  features: ['kernel'],
  forgetting: ['kernel', 'actors'],
  'command-line': ['kernel', 'actors', 'storage', 'schedule', 'forgetting', 'features'],
  simulator: ['playground'],
  playground: [],
  local: ['kernel', 'actors', 'simulator', 'storage'],
};

/** The one file, or folder, that may know a library. */
const homes: Readonly<Record<string, readonly string[]>> = {
  'discord.js': ['src/gateway/'],
  nact: ['src/actors/system.ts'],
  croner: ['src/schedule/cron.ts'],
  tinyqueue: ['src/storage/alarms.ts'],
  lmdb: ['src/storage/rows/'],
  'discord-api-spec': ['src/simulator/'],
  ws: ['src/simulator/'],
  '@napi-rs/canvas': ['src/pictures/'],
};

interface Import {
  readonly file: string;
  readonly specifier: string;
}

const sources = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file: join('src', file), text: readFileSync(join(source, file), 'utf8') }));

const imports: readonly Import[] = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => ({ file, specifier: match[1] ?? '' })),
);

const folderOf = (file: string): string | undefined => {
  const parts = file.split('/');
  return parts.length > 2 ? parts[1] : undefined;
};

const targetOf = ({ file, specifier }: Import): string => relative(root, resolve(root, dirname(file), specifier));

const mayImport = (one: Import): boolean => {
  const from = folderOf(one.file);
  if (from === undefined || !one.specifier.startsWith('.')) return true;
  const target = targetOf(one);
  const to = folderOf(target);
  if (to === undefined || allowed[from] === undefined) return false;
  if (from === 'features' && to === 'features') {
    const [, , system, ...rest] = target.split('/');
    return one.file === 'src/features/index.ts' || one.file.split('/')[2] === system || rest.join('/') === 'api.ts';
  }
  return to === from || allowed[from].includes(to);
};

describe('dependencies', () => {
  test('point inward: kernel ← storage, schedule, actors ← gateway, operator; features ← kernel', () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(imports.filter((one) => !mayImport(one))).toEqual([]);
  });

  test('the rule can fail', () => {
    expect(mayImport({ file: 'src/kernel/ids.ts', specifier: '../storage/ports.ts' })).toBe(false);
    expect(mayImport({ file: 'src/features/wallet/index.ts', specifier: '../../actors/guild.ts' })).toBe(false);
    expect(mayImport({ file: 'src/features/wallet/index.ts', specifier: '../help/text.ts' })).toBe(false);
    expect(mayImport({ file: 'src/features/help/index.ts', specifier: '../wallet/api.ts' })).toBe(true);
  });

  test('each library is known in one place', () => {
    const strangers = imports.filter(({ file, specifier }) => {
      const home = homes[specifier];
      return home !== undefined && !home.some((place) => file.startsWith(place));
    });
    expect(strangers).toEqual([]);
  });

  test('no circle', () => {
    const graph = Map.groupBy(
      imports.filter((one) => one.specifier.startsWith('.')),
      (one) => one.file,
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      if (done.has(file) || path.includes(file)) return;
      for (const one of graph.get(file) ?? []) {
        if (!isTypeOnly(one)) visit(targetOf(one), [...path, file]);
      }
      done.add(file);
    };
    for (const file of graph.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });
});

const isTypeOnly = ({ file, specifier }: Import): boolean => {
  const text = sources.find((one) => one.file === file)?.text ?? '';
  const statements = text.matchAll(/import\s+(type\s)?[^;]*?from\s+'([^']+)'/g);
  return [...statements].every((match) => match[2] !== specifier || match[1] !== undefined);
};

describe('time and chance are handed in', () => {
  const forbidden = /\b(Date\.now|Math\.random|new Date\(\)|setTimeout|setInterval|performance\.now|randomUUID)\b/;
  const places = ['src/kernel/', 'src/features/', 'src/actors/'];
  // The clock and the seed source themselves, and the id by which an operator finds an error in the log.
  const exempt = new Set(['src/kernel/clock.ts', 'src/actors/guild.ts']);

  test('kernel, actors and features read no clock and draw no number of their own', () => {
    const found = sources
      .filter(({ file }) => places.some((place) => file.startsWith(place)) && !exempt.has(file))
      .filter(({ text }) => forbidden.test(text.replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '')))
      .map(({ file }) => file);
    expect(found).toEqual([]);
  });
});

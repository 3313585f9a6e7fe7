import { isDeepStrictEqual } from 'node:util';
import type { GuildId } from '../kernel/ids.ts';
import { type Catalogue, openCatalogue } from './catalogue.ts';
import type { GuildState } from './contract.ts';
import { decodeEntry } from './entry-codec.ts';
import { type JournalEntry, noPosition, type Position, type Rows } from './ports.ts';
import { rowOfValues } from './row-codec.ts';
import { scoreOf, termOf } from './table.ts';
import { verifyGuild } from './verify.ts';

/** Rows that are looked at and never written. */
export const readOnlyRows = (rows: Rows): Rows => ({ ...rows, write: () => Promise.resolve() });

/** What each row that a journal tells of was in the end. */
export type LastValues = ReadonlyMap<string, ReadonlyMap<string, readonly unknown[] | undefined>>;

/** What a journal says the rows of each guild are, as far as it tells of them, and entries that cannot follow others. */
export const lastValuesOf = (
  entries: Iterable<JournalEntry>,
): { readonly values: ReadonlyMap<GuildId, LastValues>; readonly problems: readonly string[] } => {
  const values = new Map<GuildId, Map<string, Map<string, readonly unknown[] | undefined>>>();
  const newest = new Map<GuildId, { readonly at: number; readonly sequence: number }>();
  const problems: string[] = [];
  let last: Position = noPosition;
  for (const entry of entries) {
    const { at, sequence, changes } = decodeEntry(entry);
    const before = newest.get(entry.guild);
    if (entry.position <= last) problems.push(`entry ${entry.position} of the journal follows ${last}`);
    if (before !== undefined && (at < before.at || sequence < before.sequence)) {
      problems.push(`entry ${entry.position} of server ${entry.guild} is older than the one before it`);
    }
    newest.set(entry.guild, { at, sequence });
    last = entry.position;
    const ofGuild = values.get(entry.guild) ?? new Map<string, Map<string, readonly unknown[] | undefined>>();
    values.set(entry.guild, ofGuild);
    for (const { collection, key, values: row } of changes) {
      const rows = ofGuild.get(collection) ?? new Map<string, readonly unknown[] | undefined>();
      rows.set(key, row);
      ofGuild.set(collection, rows);
    }
  }
  return { values, problems };
};

const everything = Number.MAX_SAFE_INTEGER;

/** What a look at all rows of a guild needs. */
export interface AuditParts {
  readonly rows: Rows;
  readonly catalogue: Catalogue;
  readonly state: GuildState;
  /** What the journal says of it. */
  readonly told: LastValues | undefined;
}

const auditHead = ({ rows, state }: AuditParts): readonly string[] => {
  const { sound, found, expected } = verifyGuild(rows, state.guild);
  if (sound) return [];
  const counts = `${found.rowCount} rows where ${expected.rowCount} were counted`;
  return [found.rowCount === expected.rowCount ? 'rows were changed behind the back of the store' : counts];
};

const auditTables = ({
  catalogue,
  state,
}: AuditParts): { readonly rows: number; readonly problems: readonly string[] } => {
  const problems: string[] = [];
  let rows = 0;
  for (const { name, collection, orderings, totals } of catalogue.values()) {
    if (collection === undefined) continue;
    // Reading checks each row by its schema.
    const found = state.scan(collection, { prefix: '', after: undefined, reverse: false, limit: everything });
    rows += found.length;
    if (state.count(collection) !== found.length)
      problems.push(`${name}: ${state.count(collection)} rows counted, ${found.length} there`);
    for (const { name: total, term } of totals) {
      const sum = found.reduce((before, [, row]) => before + BigInt(termOf(term, row)), 0n);
      if (sum !== state.total(collection, total))
        problems.push(`${name}: the total ${total} is not the sum of its rows`);
    }
    for (const { name: ordering, score } of orderings) {
      const sorted = found
        .filter(([key]) => !state.isHidden(collection, key))
        .flatMap(([key, row]) => {
          const value = scoreOf(score, row);
          return value === undefined ? [] : [[key, value] as const];
        })
        .sort(([key, value], [other, otherValue]) => otherValue - value || (key < other ? -1 : 1));
      const board = state.top(collection, ordering, 0, found.length + 1);
      if (!isDeepStrictEqual(board, sorted)) problems.push(`${name}: the board ${ordering} is not that of its rows`);
    }
  }
  return { rows, problems };
};

const auditJournal = ({ catalogue, state, told }: AuditParts): readonly string[] => {
  const problems: string[] = [];
  for (const [name, rows] of told ?? []) {
    const definition = catalogue.get(name);
    if (definition?.collection === undefined) continue;
    for (const [key, values] of rows) {
      const expected = values === undefined ? undefined : rowOfValues(definition, values, `${name} ${key}`);
      if (isDeepStrictEqual(state.row(definition.collection, key), expected)) continue;
      problems.push(`${name}: a row is not what the journal says`);
      break;
    }
  }
  return problems;
};

/**
 * Looks at everything stored of a guild: its rows against its head, their schemas, what is derived from them, and the
 * journal. Throws `DamagedStoreError` on what cannot be read.
 */
export const auditGuild = (parts: AuditParts): { readonly rows: number; readonly problems: readonly string[] } => {
  const head = auditHead(parts);
  const tables = auditTables(parts);
  return { rows: tables.rows, problems: [...head, ...tables.problems, ...auditJournal(parts)] };
};

/** What the rows know of their collections, with nothing written. */
export const readCatalogue = (rows: Rows, collections: Parameters<typeof openCatalogue>[1]): Promise<Catalogue> =>
  openCatalogue(readOnlyRows(rows), collections);

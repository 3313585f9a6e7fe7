import type { Observe, ObservedWork } from '../actors/observation.ts';
import { realmOf } from '../kernel/ids.ts';
import { decodeKey } from '../kernel/key.ts';
import type { InsideChange, InsideReport, InsideWork } from '../simulator/protocol.ts';
import type { Change } from '../storage/contract.ts';

/** What is told at most: a flood must not turn into a second one. 200 people at once, counted before and after, fit in. */
const worksBurst = 1_500;
const worksPerSecond = 500;
const reportMs = 50;
const changesMax = 12;
const fieldsMax = 6;
const textMax = 80;

type Fields = ReadonlyMap<string, string>;

const cut = (text: string): string => (text.length > textMax ? `${text.slice(0, textMax - 1)}…` : text);

/** A value as a person reads it, in at most 80 characters. */
const short = (value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'bigint') return cut(String(value));
  const text = JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
  return cut(text ?? String(value));
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of a row, those of records in it by their path; a row that is no record is one field without a name. */
const fieldsOf = (row: unknown): Fields => {
  const fields = new Map<string, string>();
  const add = (path: string, value: unknown): void => {
    if (isRecord(value) && Object.keys(value).length > 0) {
      for (const [name, inner] of Object.entries(value)) add(path === '' ? name : `${path}.${name}`, inner);
    } else fields.set(path, short(value));
  };
  if (row !== undefined) add('', row);
  return fields;
};

const changeOf = ({ collection, key, before, after }: Change): InsideChange => {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter((name) => was.get(name) !== is.get(name));
  return {
    collection: collection.name,
    key: cut(decodeKey(collection.key, key).join(' / ')),
    kind: before === undefined ? 'new' : after === undefined ? 'gone' : 'changed',
    fields: changed.slice(0, fieldsMax).map((name) => [cut(name), was.get(name) ?? '', is.get(name) ?? '']),
    fieldsMore: Math.max(changed.length - fieldsMax, 0),
  };
};

const milliseconds = (span: number): number => Math.round(Math.max(span, 0) * 1_000) / 1_000;

const workOf = (work: ObservedWork, originMs: number): InsideWork => {
  const { guild, origin, operation, interaction, member, refused, changes } = work;
  return {
    guild,
    realm: realmOf(guild),
    origin,
    operation,
    ...(interaction !== undefined && { interaction }),
    ...(member !== undefined && { member }),
    ...(refused !== undefined && { refused }),
    queuedAt: originMs + work.queuedAtMs,
    mailboxMs: milliseconds(work.begunAtMs - work.queuedAtMs),
    handlerMs: milliseconds(work.handledAtMs - work.begunAtMs),
    commitMs: milliseconds(work.releasedAtMs - work.handledAtMs),
    changes: changes.slice(0, changesMax).map(changeOf),
    changesMore: Math.max(changes.length - changesMax, 0),
  };
};

/** Where reports go and what time it is there. */
export interface InsideTeller {
  readonly tell: (report: InsideReport) => void;
  readonly monotonicMs: () => number;
  /** Milliseconds since 1970 at which the monotonic clock stood at zero. */
  readonly originMs: number;
  /** Calls back once, `ms` milliseconds from now. */
  readonly later: (callback: () => void, ms: number) => void;
}

/**
 * Tells what the actors do, several at a time, in a form a person can read. Bounded in number (1,500 at once, 500 a
 * second) and size (12 rows of 6 fields of 80 characters each); what is over is counted as skipped. Rows hold what
 * members keep private: only for the local Discord.
 */
export const insideReports = ({ tell, monotonicMs, originMs, later }: InsideTeller): Observe => {
  let works: InsideWork[] = [];
  let skipped = 0;
  let isWaiting = false;
  let allowance = worksBurst;
  let filledAtMs = monotonicMs();
  const report = (): void => {
    isWaiting = false;
    const told = { works, skipped };
    works = [];
    skipped = 0;
    tell(told);
  };
  return (work) => {
    const now = monotonicMs();
    allowance = Math.min(worksBurst, allowance + ((now - filledAtMs) * worksPerSecond) / 1_000);
    filledAtMs = now;
    if (allowance >= 1) {
      allowance -= 1;
      works.push(workOf(work, originMs));
    } else skipped += 1;
    if (isWaiting) return;
    isWaiting = true;
    later(report, reportMs);
  };
};

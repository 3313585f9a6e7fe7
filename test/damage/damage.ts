import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { seededRandom } from '../../src/kernel/random.ts';
import type { Look, MadeStore, Told } from './good-store.ts';

/** What is done to a file of a data folder. */
export type Damage =
  | { readonly kind: 'flip'; readonly file: string; readonly offset: number; readonly bytes: 1; readonly mask: number }
  | { readonly kind: 'zero'; readonly file: string; readonly offset: number; readonly bytes: number }
  | { readonly kind: 'cut'; readonly file: string; readonly offset: number };

/** How a start met a damage: what it told, or how the process ended. */
type Met = Look | { readonly ended: string };

const child = join(import.meta.dirname, 'damage.child.ts');
const silenceMs = 20_000;
const pageBytes = 4_096;

/** Where the content of a file ends: behind it are zeros that nothing stands in. */
const contentEnd = async (path: string): Promise<number> =>
  (await readFile(path)).findLastIndex((byte) => byte !== 0) + 1;

/** Damages of the files of a folder, drawn by a seed: bits mostly, some pages of zeros, some files cut off. */
export const drawDamages = async (
  folder: string,
  part: 'journal' | 'rows',
  count: number,
  seed: string,
): Promise<readonly Damage[]> => {
  const random = seededRandom(Buffer.from(seed));
  const names = (await readdir(join(folder, part))).filter(
    (name) => /\.(journal|mdb)$/.test(name) && name !== 'lock.mdb',
  );
  const files: { readonly file: string; readonly end: number }[] = [];
  for (const name of names) {
    const file = join(part, name);
    files.push({ file, end: Math.max(1, await contentEnd(join(folder, file))) });
  }
  return Array.from({ length: count }, (): Damage => {
    const { file, end } = files[random.int(files.length)] ?? { file: '', end: 1 };
    const offset = random.int(end);
    const kind = random.int(10);
    if (kind === 0) return { kind: 'cut', file, offset };
    if (kind === 1) return { kind: 'zero', file, offset: offset - (offset % pageBytes), bytes: pageBytes };
    return { kind: 'flip', file, offset, bytes: 1, mask: 1 << random.int(8) };
  });
};

/** Runs the damages from `first` on in one process, until it ends. Gives from where to go on. */
const runSome = async (
  good: string,
  damages: readonly Damage[],
  first: number,
  met: Map<number, Met>,
): Promise<number> => {
  const process_ = spawn(process.execPath, [child, good, JSON.stringify(damages), String(first)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const closed = once(process_, 'close');
  let begun: { readonly index: number; readonly folder: string } | undefined;
  let next = first;
  let timer: NodeJS.Timeout | undefined;
  for await (const line of createInterface({ input: process_.stdout })) {
    clearTimeout(timer);
    timer = setTimeout(() => process_.kill('SIGKILL'), silenceMs);
    const said = JSON.parse(line) as { index: number; folder: string; told?: Look };
    if (said.told === undefined) begun = said;
    else {
      met.set(said.index, said.told);
      begun = undefined;
      next = said.index + 1;
    }
  }
  clearTimeout(timer);
  const [code, signal] = (await closed) as [number | null, string | null];
  // It may also end between two.
  if (begun === undefined) return next;
  met.set(begun.index, { ended: signal ?? `code ${code}` });
  await rm(begun.folder, { recursive: true, force: true });
  return begun.index + 1;
};

/** Looks at a store under each of the damages, in processes of their own. In the order of the damages. */
const meet = async (good: string, damages: readonly Damage[]): Promise<readonly Met[]> => {
  const met = new Map<number, Met>();
  for (let first = 0; first < damages.length; ) first = await runSome(good, damages, first, met);
  return damages.map((_, index) => met.get(index) ?? { ended: 'without a word' });
};

type Verdict = 'right' | 'end of the journal cut' | 'guild refused' | 'start refused' | 'process ended' | 'wrong';

const members = (told: Told | undefined): Readonly<Record<string, unknown>> =>
  told !== undefined && 'balances' in told ? told.balances : {};

/** Whether all are told what they had, now or `before`: as of one moment or an earlier one. */
const toldAs = (told: readonly Told[], good: readonly Told[], before: readonly Told[]): 'now' | 'earlier' | 'wrong' => {
  let as: 'now' | 'earlier' = 'now';
  for (const [index, one] of told.entries()) {
    for (const [member, balance] of Object.entries(members(one))) {
      const is = JSON.stringify(balance);
      if (is === JSON.stringify(members(good[index])[member])) continue;
      if (is !== JSON.stringify(members(before[index])[member])) return 'wrong';
      as = 'earlier';
    }
  }
  return as;
};

/**
 * In short how a damage was met. `wrong` is what must never be: somebody is told a balance that is not theirs, and
 * nobody is told why. Where the end of the journal was cut off, the operator is.
 */
const verdictOn = (met: Met, { good, before }: Pick<MadeStore, 'good' | 'before'>): Verdict => {
  if ('ended' in met) return 'process ended';
  const as = toldAs(met.guilds, good.guilds, before.guilds);
  if (as !== 'now') return as === 'earlier' && met.tornBytes > 0 ? 'end of the journal cut' : 'wrong';
  const refused = met.guilds.filter((one) => 'refused' in one);
  if (refused.length === 0) return 'right';
  return refused.some(({ refused: why }) => why.startsWith('the start')) ? 'start refused' : 'guild refused';
};

/** Makes so many damages and gives how often each verdict came, and the damages that were met wrongly. */
export const survey = async (
  store: MadeStore,
  damages: readonly Damage[],
): Promise<{
  readonly counts: ReadonlyMap<string, number>;
  readonly wrong: readonly Damage[];
  readonly reasons: readonly string[];
}> => {
  const met = await meet(store.folder, damages);
  const counts = new Map<string, number>();
  const wrong: Damage[] = [];
  const reasons: string[] = [];
  for (const [index, one] of met.entries()) {
    const verdict = verdictOn(one, store);
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    const damage = damages[index];
    if (verdict === 'wrong' && damage !== undefined) wrong.push(damage);
    if ('ended' in one) reasons.push(`ended by ${one.ended}`);
    else for (const told of one.guilds) if ('refused' in told) reasons.push(told.refused);
  }
  return { counts, wrong, reasons };
};

import type { FormName } from '../peers/forms.ts';
import { peerPlan } from '../peers/part.ts';
import { peerRunner } from '../peers/run.ts';
import type { Plan } from '../plan.ts';
import { type Measured, type Result, result } from '../report/result.ts';
import { removeFolder, scratchFolder } from '../scratch.ts';
import { canDelay, compiler, delayedFlushes } from './delay.ts';

const delaysMs: readonly number[] = [1, 5];
const names: readonly FormName[] = ['ours', 'append-group'];

/** Ours beside the append file, where each flush takes longer, as on an ordinary server. */
export const measureSlowDisk = async (plan: Plan, say: (line: string) => void): Promise<Measured> => {
  if (!canDelay()) {
    say(`slower disks are left out; ${compiler.install}`);
    return { results: [], skipped: [{ name: 'slower disks', install: compiler.install }] };
  }
  const folder = await scratchFolder();
  const runner = await peerRunner(peerPlan(plan));
  const results: Result[] = [];
  for (const delayMs of delaysMs) {
    const environment = delayedFlushes(folder, delayMs * 1000);
    const perSecond = new Map<FormName, number[]>(names.map((name) => [name, []]));
    for (let round = 1; round <= plan.rounds; round += 1) {
      for (const name of names) {
        const measured = await runner.round(name, round, { environment });
        perSecond.get(name)?.push(measured.perSecond);
        say(`round ${round}, ${name}, ${delayMs} ms added to each flush: ${Math.round(measured.perSecond)} op/s`);
      }
    }
    for (const [name, rounds] of perSecond) results.push(result(`pay, ${name}, ${delayMs} ms added`, 'op/s', rounds));
  }
  await runner.close();
  await removeFolder(folder);
  return { results };
};

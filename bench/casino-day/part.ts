import { join } from 'node:path';
import { askChild } from '../child.ts';
import type { Plan } from '../plan.ts';
import { type Measured, type Result, result } from '../report/result.ts';
import { assertOnDisk, removeFolder, scratchFolder } from '../scratch.ts';
import type { CasinoDayFigures, CasinoDayJob, CasinoDayRound, Stretch } from './casino-day.ts';

const ratioName = 'casino and shop / pay, rows changed a second';

/**
 * A day in casino and shop beside pays, on the same guilds: an operation there may change more rows than a pay, and so
 * what is compared is rows changed a second. Members come one after the other, each in another guild.
 */
export const measureCasinoDay = async (plan: Plan, say: (line: string) => void): Promise<Measured> => {
  await assertOnDisk();
  const { rounds, roundMs: durationMs, snapshotIntervalMs, snapshotsLeast } = plan;
  say(`a day in casino and shop, over ${plan.casino.guilds.toLocaleString('en')} guilds, beside pays`);
  const folder = await scratchFolder();
  const { outstanding } = plan.pays;
  const how = { rounds, durationMs, outstanding, snapshotIntervalMs, snapshotsLeast };
  const dayJob: CasinoDayJob = { folder, ...plan.casino, ...how };
  const figures = await askChild<CasinoDayFigures>(join(import.meta.dirname, 'casino-day.child.ts'), dayJob);
  await removeFolder(folder);
  const ratioOf = ({ day, pays }: CasinoDayRound): number => day.rowsPerSecond / pays.rowsPerSecond;
  const ratio = result(ratioName, '×', figures.rounds.map(ratioOf));
  const both = (name: string, unit: string, of: (stretch: Stretch) => number): readonly Result[] => [
    result(
      `casino and shop, ${name}`,
      unit,
      figures.rounds.map(({ day }) => of(day)),
    ),
    result(
      `pays beside casino and shop, ${name}`,
      unit,
      figures.rounds.map(({ pays }) => of(pays)),
    ),
  ];
  return {
    results: [
      ...both('operations', 'op/s', ({ perSecond }) => perSecond),
      ...both('rows changed', 'rows/s', ({ rowsPerSecond }) => rowsPerSecond),
      ...both('processor time of an operation', 'µs', ({ cpuUs }) => cpuUs),
      ratio,
      ...Object.entries(figures.rowsOf).map(([name, rows]) => result(`rows changed by ${name}`, 'rows', [rows])),
    ],
    ratios: { [ratioName]: ratio.value },
  };
};

import type { Plan } from '../plan.ts';
import { type Measured, type PeerLine, type Result, result } from '../report/result.ts';
import { type FormName, formOf } from './forms.ts';
import { measureForms, type PeerFigures, type PeerPlan, runnable } from './run.ts';
import { canCountSyncs, tracer } from './syncs.ts';

/** The peers' part of a plan. */
export const peerPlan = (plan: Plan): PeerPlan => ({
  rounds: plan.rounds,
  warmUpMs: plan.warmUp.ms,
  durationMs: plan.roundMs,
  ...plan.pays,
  snapshotIntervalMs: plan.snapshotIntervalMs,
  snapshotsLeast: plan.snapshotsLeast,
  countingMs: plan.countingMs,
});

const lineOf = ({ name, rounds, counted }: PeerFigures): PeerLine => {
  const { peer, form, level, durable, beside } = formOf(name);
  const refused = result(
    'refused',
    '%',
    rounds.map(({ refusedShare }) => refusedShare * 100),
  );
  return {
    name,
    peer,
    form,
    level,
    durable,
    refusedPercent: refused.value,
    ...(beside !== undefined && { beside }),
    ...(counted && { counted }),
  };
};

const ownResults = ({ rounds }: PeerFigures): readonly Result[] => {
  const figure = (name: string, unit: string, key: string): Result =>
    result(
      name,
      unit,
      rounds.map(({ figures }) => figures[key] ?? Number.NaN),
    );
  return [
    figure('processor time of a durable pay', 'µs', 'cpuUs'),
    figure('snapshots during durable pay', '', 'snapshots'),
  ];
};

/** Measures forms of peers, each beside the others in each round, and ours among them. */
export const measurePays = async (
  names: readonly FormName[],
  plan: Plan,
  say: (line: string) => void,
): Promise<Measured> => {
  const { ready, skipped } = runnable(names);
  for (const { name, install } of skipped) say(`left out: ${name}; ${install}`);
  const counts = plan.countingMs > 0 && !canCountSyncs();
  if (counts) say(`syncs are not counted; ${tracer.install}`);
  const { figures, recordBytes } = await measureForms(ready, peerPlan(plan), say);
  const ours = figures.find(({ name }) => name === 'ours');
  return {
    results: [
      ...figures.map(({ name, rounds }) =>
        result(
          `pay, ${name}`,
          'op/s',
          rounds.map(({ perSecond }) => perSecond),
        ),
      ),
      ...(ours ? [...ownResults(ours), result('journal bytes of a pay', 'B', [recordBytes])] : []),
    ],
    peers: figures.map(lineOf),
    skipped: counts ? [...skipped, { name: 'counts of syncs', install: tracer.install }] : skipped,
  };
};

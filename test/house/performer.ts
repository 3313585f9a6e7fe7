// The outside as tests have it: keeps what was performed there, and fails as it is told to.
import type { EffectJob, Performance, Performer } from '../../src/actors/performer.ts';

/** What becomes of a performance, from its effect and how often it was performed before; `undefined` for success. */
export type Trouble = (job: EffectJob, performedBefore: number) => Performance | undefined;

export interface TestPerformer extends Performer {
  /** Everything performed, in order, also what then failed. */
  readonly performed: EffectJob[];
  /** Holds back ends until `release` is called. */
  readonly hold: () => void;
  readonly release: () => void;
}

const results: Readonly<Record<string, unknown>> = {
  'discord.post': { message: '300000000000000001' },
  'discord.direct-message': { message: '300000000000000002' },
  'http.call': { status: 200, body: '' },
};

/** A performer whose successes look as Discord's do. */
export const testPerformer = (trouble: Trouble = () => undefined): TestPerformer => {
  const performed: EffectJob[] = [];
  const times = new Map<string, number>();
  let held: Promise<void> | undefined;
  let letGo: () => void = () => undefined;
  return {
    performed,
    perform: async (job) => {
      const effect = `${job.guild} ${job.id}`;
      const before = times.get(effect) ?? 0;
      times.set(effect, before + 1);
      performed.push(job);
      await held;
      return trouble(job, before) ?? { done: results[job.kind] ?? {} };
    },
    hold: () => {
      held = new Promise((resolve) => {
        letGo = resolve;
      });
    },
    release: () => {
      held = undefined;
      letGo();
    },
  };
};

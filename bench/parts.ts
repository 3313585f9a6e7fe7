import { measureCasinoDay } from './casino-day/part.ts';
import { measureDay } from './day/part.ts';
import { measureManyGuilds, measureRoundTrips } from './discord/part.ts';
import { measureLatency } from './latency/part.ts';
import { measurePayCost } from './pay-cost/part.ts';
import { type FormName, forms } from './peers/forms.ts';
import { measurePays } from './peers/part.ts';
import type { Plan } from './plan.ts';
import { measureProfile } from './profile/part.ts';
import type { Measured } from './report/result.ts';
import { measureCold, measureTime } from './runtime/part.ts';
import { measureSlowDisk } from './slow-disk/part.ts';

type Measure = (plan: Plan, say: (line: string) => void) => Promise<Measured>;

const allForms = Object.keys(forms) as FormName[];

/** What can be measured, by the name of it that `--only` takes. */
export const parts = {
  peers: (plan, say) => measurePays(allForms, plan, say),
  pays: (plan, say) =>
    measurePays(['ours', 'append-group', 'ours-large-guilds', 'json-bots', 'nact-batched'], plan, say),
  'pay-cost': measurePayCost,
  'slow-disk': measureSlowDisk,
  'round-trips': measureRoundTrips,
  gateway: measureManyGuilds,
  cold: measureCold,
  time: measureTime,
  latency: measureLatency,
  day: measureDay,
  'casino-day': measureCasinoDay,
  profile: measureProfile,
} as const satisfies Readonly<Record<string, Measure>>;
export type PartName = keyof typeof parts;

const onlyWhenAsked: ReadonlySet<PartName> = new Set<PartName>(['peers', 'profile']);

/** What is measured unless something is asked for: all but the peers, of which those that matter most are in `pays`. */
export const usualParts: readonly PartName[] = (Object.keys(parts) as PartName[]).filter(
  (name) => !onlyWhenAsked.has(name),
);

import type { Plan } from '../plan.ts';
import { type Measured, type Result, result } from '../report/result.ts';
import { type RoundTrips, roundTripRounds } from './round-trips.ts';

/** Our bot through the real client, beside a bare echo bot. */
export const measureRoundTrips = async (plan: Plan, say: (line: string) => void): Promise<Measured> => {
  say('round trips through discord.js beside a bare echo bot');
  const { ours, echo } = await roundTripRounds(plan.rounds, plan.roundTrips);
  const figure = (name: string, unit: string, rounds: readonly RoundTrips[], key: keyof RoundTrips): Result =>
    result(
      name,
      unit,
      rounds.map((one) => one[key]),
    );
  return {
    results: [
      figure('/pay through discord.js', 'op/s', ours, 'payPerSecond'),
      figure('/pay p99', 'ms', ours, 'payP99Ms'),
      figure('/balance through discord.js', 'op/s', ours, 'balancePerSecond'),
      figure('echo bot, /pay', 'op/s', echo, 'payPerSecond'),
      figure('echo bot, /balance', 'op/s', echo, 'balancePerSecond'),
      figure('resident memory', 'MiB', ours, 'residentMiB'),
      figure('resident memory of the echo bot', 'MiB', echo, 'residentMiB'),
      result(
        'resident memory over the echo bot',
        'MiB',
        ours.map((one, round) => one.residentMiB - (echo[round]?.residentMiB ?? 0)),
      ),
    ],
  };
};

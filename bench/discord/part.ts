import type { Plan } from '../plan.ts';
import { type Measured, type Result, result } from '../report/result.ts';
import { type ManyGuildsRound, manyGuildsRounds } from './many-guilds.ts';
import { commands, type RoundTripRound, roundTripRounds } from './round-trips.ts';

/** Our bot through the real client, beside a bare echo bot. */
export const measureRoundTrips = async (plan: Plan, say: (line: string) => void): Promise<Measured> => {
  say('round trips through discord.js beside a bare echo bot');
  const rounds = await roundTripRounds(plan.rounds, { total: plan.roundTrips, warmUp: plan.warmUp.interactions });
  const figure = (name: string, unit: string, of: (round: RoundTripRound) => number): Result =>
    result(name, unit, rounds.map(of));
  return {
    results: [
      ...commands.flatMap((command) => [
        figure(`/${command} through discord.js`, 'op/s', ({ ours }) => ours.commands[command].perSecond),
        figure(`echo bot, /${command}`, 'op/s', ({ echo }) => echo.commands[command].perSecond),
        figure(`/${command} through discord.js, p99`, 'ms', ({ ours }) => ours.commands[command].p99Ms),
        figure(`echo bot, /${command}, p99`, 'ms', ({ echo }) => echo.commands[command].p99Ms),
        figure(`/${command} through discord.js, processor time`, 'µs', ({ ours }) => ours.commands[command].cpuUs),
        figure(`echo bot, /${command}, processor time`, 'µs', ({ echo }) => echo.commands[command].cpuUs),
      ]),
      // Ours does not ask Discord for messages, and is sent none.
      figure('a message that somebody says, processor time', 'µs', ({ oursMessageUs }) => oursMessageUs),
      figure('echo bot that hears messages, a message, processor time', 'µs', ({ echoMessageUs }) => echoMessageUs),
      figure('resident memory', 'MiB', ({ ours }) => ours.residentMiB),
      figure('resident memory of the echo bot', 'MiB', ({ echo }) => echo.residentMiB),
      figure('resident memory over the echo bot', 'MiB', ({ ours, echo }) => ours.residentMiB - echo.residentMiB),
    ],
  };
};

/** Memory of our bot in many servers at once, beside a bare client in the same ones. */
export const measureManyGuilds = async (plan: Plan, say: (line: string) => void): Promise<Measured> => {
  const { guilds, rounds: most } = plan.gateway;
  const count = guilds.toLocaleString('en');
  say(`${count} guilds in the gateway, beside a bare client`);
  const rounds = await manyGuildsRounds(guilds, Math.min(plan.rounds, most));
  const figure = (name: string, unit: string, of: (round: ManyGuildsRound) => number): Result =>
    result(`${count} guilds in the gateway: ${name}`, unit, rounds.map(of));
  return {
    results: [
      figure('login', 's', ({ ours }) => ours.loginSeconds),
      figure('login of a bare client', 's', ({ echo }) => echo.loginSeconds),
      figure('resident memory', 'MiB', ({ ours }) => ours.residentMiB),
      figure('resident memory of a bare client', 'MiB', ({ echo }) => echo.residentMiB),
      figure('memory in use', 'MiB', ({ ours }) => ours.heapMiB),
      figure('memory in use by a bare client', 'MiB', ({ echo }) => echo.heapMiB),
      figure('memory in use over a bare client', 'MiB', ({ ours, echo }) => ours.heapMiB - echo.heapMiB),
    ],
  };
};

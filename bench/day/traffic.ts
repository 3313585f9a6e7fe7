import type { Traffic } from '../latency/generator.ts';
import type { Plan } from '../plan.ts';

/** 60 % reads (two thirds of them /balance), 25 % pay, 10 % rob, 5 % settings. */
const mix: Traffic['mix'] = { balance: 0.4, leaderboard: 0.1, profile: 0.1, pay: 0.25, rob: 0.1, settings: 0.05 };
const coldShare = 0.05;
const coldMembers = 3;

/** Guilds of the mixed day on disk: some that are asked all the time, and many that are hardly ever. */
export const dayPopulation = ({ day, pays }: Plan) => [
  { guilds: day.hotGuilds, membersPerGuild: pays.membersPerGuild },
  { guilds: day.guilds - day.hotGuilds, membersPerGuild: coldMembers },
];

/** A day's requests; one in twenty goes to a guild that is not in memory. */
export const dayTraffic = ({ day, pays }: Plan, exponent: number, seed: number): Traffic => ({
  seed,
  mix,
  firstGuild: 0,
  guilds: day.hotGuilds,
  exponent,
  membersPerGuild: pays.membersPerGuild,
  cold: {
    share: coldShare,
    firstGuild: day.hotGuilds,
    guilds: day.guilds - day.hotGuilds,
    membersPerGuild: coldMembers,
  },
});

/** Pays among the busy guilds but the first, which is flooded. */
export const quietTraffic = ({ day, pays }: Plan, seed: number): Traffic => ({
  seed,
  mix: { pay: 1 },
  firstGuild: 1,
  guilds: day.hotGuilds - 1,
  exponent: 0,
  membersPerGuild: pays.membersPerGuild,
});

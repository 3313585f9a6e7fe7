import type { Simulator } from '../simulator.ts';

/** Whether the bot can be asked: connected on every shard, its commands known, and its parent does not say otherwise. */
export const isReady = ({ gateway, world, botReady }: Simulator): boolean =>
  botReady !== false &&
  gateway.isConnected() &&
  [world.globalCommands, ...world.guildCommands.values()].some((commands) => commands.length > 0);

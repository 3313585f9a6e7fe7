import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BotAction } from '../simulator/protocol.ts';
import { spawnSimulator } from '../simulator/spawn.ts';
import { lockFolder } from '../storage/owner-lock.ts';
import { type BotChild, startBotChild } from './bot-child.ts';

/** What runs when there is no token: the local Discord and a bot on it, each a process of its own. */
export interface LocalGuildhall {
  /** The playground's address. */
  readonly url: string;
  /** Ends the bot, which answers what it took, then the local Discord, which saves its world. */
  readonly stop: () => Promise<void>;
}

/** Starts the local Discord and a bot on it. Rejects with one clear line when either cannot start. */
export const startLocal = async (spec: {
  readonly port: number;
  readonly dataFolder: string;
  /** The file that runs the bot's process. */
  readonly botEntry: string;
  readonly say: (line: string) => void;
}): Promise<LocalGuildhall> => {
  const worldFolder = join(spec.dataFolder, 'simulator');
  await mkdir(worldFolder, { recursive: true });
  // The bot locks the data folder itself; the world beside it needs an owner as well, while the bot is down.
  const lock = await lockFolder(worldFolder);
  let bot: BotChild | undefined;
  let clockOffsetMs = 0;

  const start = async (): Promise<void> => {
    if (bot) throw new Error('the bot is running already');
    const started = await startBotChild({
      entry: spec.botEntry,
      api: `${simulator.url}/api`,
      clockOffsetMs,
      inside: ({ works, skipped }) => simulator.inside({ works, skipped }),
    });
    bot = started;
    simulator.botReady(true);
    void started.gone.then((how) => {
      if (bot !== started) return;
      bot = undefined;
      simulator.botReady(false);
      spec.say(`The bot ended (${how}). POST /sim/bot {"action": "start"} starts it again.`);
    });
  };

  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const ending = bot;
    if (!ending) throw new Error('the bot is not running');
    bot = undefined;
    simulator.botReady(false);
    await ending.end(signal);
  };

  const act = (action: BotAction): Promise<void> => {
    switch (action) {
      case 'start':
        return start();
      case 'stop':
        return end('SIGTERM');
      case 'kill':
        return end('SIGKILL');
      default:
        return action satisfies never;
    }
  };

  const simulator = await spawnSimulator({
    port: spec.port,
    dataFolder: spec.dataFolder,
    parent: {
      bot: act,
      settle: async () => {
        if (!bot) throw new Error('the bot is not running');
        await bot.settle();
      },
      clock: (offsetMs) => {
        clockOffsetMs = offsetMs;
        bot?.setClock(offsetMs);
      },
    },
  });
  try {
    await start();
  } catch (error) {
    await simulator.stop();
    throw error;
  }
  return {
    url: simulator.url,
    stop: async () => {
      if (bot) await end('SIGTERM');
      await simulator.stop();
      await lock.release();
    },
  };
};

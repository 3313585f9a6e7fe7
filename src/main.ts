// Where everything starts: a bot on Discord when there is a token, else one on the local Discord it brings along.
import './collector.ts';
import './thread-pool.ts';
import { join } from 'node:path';
import { readConfiguration } from './configuration.ts';
import { systemClock } from './kernel/clock.ts';
import { createLog } from './log.ts';
import { oneLine } from './one-line.ts';

/** Reads the code of the one or the other only: it takes longer than a refused setting should. */
const run = async (): Promise<() => Promise<void>> => {
  const configuration = readConfiguration(process.env);
  if (configuration.token !== undefined) {
    const { token } = configuration;
    const log = createLog(configuration.logLevel, 'bot');
    const { startBot } = await import('./bot.ts');
    const bot = await startBot({ configuration, token, api: undefined, clock: systemClock(), log });
    console.log('Guildhall is logged in to Discord. Stop it with Ctrl+C.');
    return bot.stop;
  }
  const { startLocal } = await import('./local/launcher.ts');
  const local = await startLocal({
    port: configuration.port,
    dataFolder: configuration.dataFolder,
    botEntry: join(import.meta.dirname, 'bot-process.ts'),
    say: (line) => console.log(line),
  });
  console.log(`Guildhall runs on a local Discord: open ${local.url} (no DISCORD_TOKEN is set). Stop it with Ctrl+C.`);
  return local.stop;
};

try {
  const stop = await run();
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`Guildhall did not stop cleanly: ${oneLine(error)}`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
} catch (error) {
  console.error(`Guildhall cannot start: ${oneLine(error)}`);
  process.exit(1);
}

// The bot as a process of its own, on the local Discord: started, killed and restarted by the launcher.
import './collector.ts';
import './thread-pool.ts';
import { type Bot, startBot } from './bot.ts';
import { readConfiguration } from './configuration.ts';
import { systemClock } from './kernel/clock.ts';
import { type BotToLauncher, type LauncherToBot, localEnvironment, localToken } from './local/bot-protocol.ts';
import { insideReports } from './local/inside.ts';
import { createLog } from './log.ts';
import { oneLine } from './one-line.ts';

const tell = (message: BotToLauncher): void => {
  if (process.connected) process.send?.(message);
};

const configuration = readConfiguration(process.env);
const log = createLog(configuration.logLevel, 'bot');
let offsetMs = Number(process.env[localEnvironment.clockOffsetMs] ?? 0);
let bot: Bot | undefined;
let stopping = false;

const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await bot?.stop();
  // With the code of a start that failed, if it did.
  process.exit();
};

process.on('message', (message: LauncherToBot) => {
  if (message.type === 'clock') offsetMs = message.offsetMs;
  if (message.type === 'settle') void bot?.settled().then(() => tell({ type: 'settled', id: message.id }));
});
process.on('SIGTERM', () => void stop());
// The terminal sends its interrupt to every process; the launcher decides what it means.
process.on('SIGINT', () => undefined);
// The launcher is gone, however that happened: nobody would ever end this process.
process.on('disconnect', () => void stop());

try {
  const clock = systemClock(() => offsetMs);
  const observe = process.env[localEnvironment.inside]
    ? insideReports({
        tell: (report) => tell({ type: 'inside', ...report }),
        monotonicMs: clock.monotonicMs,
        originMs: performance.timeOrigin,
        later: (callback, ms) => setTimeout(callback, ms).unref(),
      })
    : undefined;
  bot = await startBot({
    configuration,
    token: localToken,
    api: process.env[localEnvironment.api],
    clock,
    ...(observe && { observe }),
    log,
  });
  tell({ type: 'ready' });
} catch (error) {
  tell({ type: 'failed', message: oneLine(error) });
  log.debug({ err: error }, 'the bot could not start');
  process.exitCode = 1;
  process.disconnect?.();
}

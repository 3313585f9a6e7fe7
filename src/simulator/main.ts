// The local Discord as a process of its own: `node src/simulator/main.ts`, with PORT and GUILDHALL_DATA.
import type { ParentAnswer, ParentToSimulator, SimulatorParent, SimulatorToParent } from './protocol.ts';
import { type RunningSimulator, startSimulator } from './start.ts';

const defaultPort = 8420;

const tell = (message: SimulatorToParent): void => {
  if (process.connected) process.send?.(message);
};

const waiting = new Map<
  number,
  { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void }
>();
let asked = 0;

const askParent = (request: (id: number) => SimulatorToParent): Promise<unknown> =>
  new Promise((resolve, reject) => {
    asked += 1;
    waiting.set(asked, { resolve, reject });
    tell(request(asked));
  });

const settleAnswer = ({ id, result, error }: ParentAnswer): void => {
  const asker = waiting.get(id);
  waiting.delete(id);
  if (error === undefined) asker?.resolve(result);
  else asker?.reject(new Error(error));
};

const parentOverIpc: SimulatorParent = {
  bot: (action) => askParent((id) => ({ type: 'bot', id, action })),
  settle: () => askParent((id) => ({ type: 'settle', id })),
  clock: (offsetMs) => tell({ type: 'clock', offsetMs }),
};

const fail = (error: unknown): void => {
  const message =
    (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      ? `Port ${process.env['PORT'] ?? defaultPort} is taken: set PORT to another one.`
      : error instanceof Error
        ? error.message
        : String(error);
  tell({ type: 'failed', message });
  if (!process.connected) process.stderr.write(`${message}\n`);
  process.exitCode = 1;
  if (process.connected) process.disconnect();
};

const readPort = (): number => {
  const text = process.env['PORT'] ?? String(defaultPort);
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new Error(`PORT is a number from 0 to 65535, not "${text}"`);
  return port;
};

const end = async (simulator: RunningSimulator): Promise<void> => {
  await simulator.stop();
  if (process.connected) process.disconnect();
};

const run = async (): Promise<void> => {
  const simulator: RunningSimulator = await startSimulator({
    port: readPort(),
    dataFolder: process.env['GUILDHALL_DATA'] ?? './data',
    ...(process.connected ? { parent: parentOverIpc } : {}),
  });
  let stopping: Promise<void> | undefined;
  const stop = (): void => {
    stopping ??= end(simulator).catch(fail);
  };
  process.on('message', (message: ParentToSimulator) => {
    switch (message.type) {
      case 'answer':
        return settleAnswer(message);
      case 'bot-ready':
        return simulator.botReady(message.ready);
      case 'inside':
        return simulator.inside(message);
      case 'stop':
        return stop();
      default:
        return message satisfies never;
    }
  });
  // The world ends with the one who started it, also when that one was killed.
  process.once('disconnect', stop);
  process.once('SIGTERM', stop);
  // Ctrl-C reaches every process of the terminal; the parent first lets the bot finish, then ends this one.
  process.on('SIGINT', () => {
    if (!process.connected) stop();
  });
  tell({ type: 'listening', url: simulator.url, port: simulator.port });
  if (!process.connected) process.stdout.write(`The local Discord listens on ${simulator.url}\n`);
};

try {
  await run();
} catch (error) {
  fail(error);
}

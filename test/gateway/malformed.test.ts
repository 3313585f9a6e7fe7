import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../../src/kernel/clock.ts';
import { createTestDirectory, createTestLog, startGateway, testRegistry } from './house.ts';
import { startSocket } from './socket.ts';

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

const malformed = [
  {},
  null,
  7,
  { type: 2, id: 'x', guild_id: 'y', member: {} },
  { type: 3, guild_id: 'y', member: {} },
];

afterAll(() => void process.off('unhandledRejection', note));

test('an interaction that discord.js itself could not read is logged, and the process goes on', async () => {
  process.on('unhandledRejection', note);
  const discord = await startSocket({ heartbeatMs: 40_000, isAlive: () => true });
  const { log, lines } = createTestLog();
  const { directory } = createTestDirectory();
  const parts = { registry: testRegistry(), directory, token: 'token', log, clock: systemClock() };
  const gateway = await startGateway({ ...parts, api: discord.api });
  for (const [index, d] of malformed.entries()) {
    discord.connections[0]?.send(JSON.stringify({ op: 0, t: 'INTERACTION_CREATE', s: index + 2, d }));
  }
  const isTold = (): boolean => lines.filter((line) => Number(line['level']) >= 40).length >= malformed.length;
  await expect.poll(isTold).toBe(true);
  await gateway.idle();
  await gateway.stop();
  discord.stop();
  expect(unhandled).toEqual([]);
});

import { pino } from 'pino';
import { expect, test } from 'vitest';
import { startBot } from '../../src/bot.ts';
import { readConfiguration } from '../../src/configuration.ts';
import { systemClock } from '../../src/kernel/clock.ts';

test('nobody looks into a bot on Discord itself: rows of members are private', async () => {
  const starting = startBot({
    configuration: readConfiguration({ GUILDHALL_DATA: '/nowhere/that/exists' }),
    token: 'a token',
    api: undefined,
    clock: systemClock(),
    log: pino({ level: 'silent' }),
    observe: () => undefined,
  });
  await expect(starting).rejects.toThrow('nobody looks into a bot on Discord itself');
});

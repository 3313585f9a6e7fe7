import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { faultKinds } from '../faults.ts';
import { runLoad } from '../load.ts';
import { refuseControl } from '../people/refused.ts';
import { noBotProcess } from '../protocol.ts';
import { faultDelayMs } from '../rest/rest.ts';
import type { Simulator } from '../simulator.ts';
import { controlHandler, snowflake } from './reading.ts';

const yearMs = 366 * 86_400_000;
const parentTimeoutMs = 30_000;
const clockBody = z.strictObject({ advanceMs: z.number().int().min(0).max(yearMs) });
const gatewayBody = z.strictObject({
  action: z.enum(['drop', 'reconnect', 'invalid-session']),
  downMs: z.number().int().min(0).max(600_000).default(0),
});
const botBody = z.strictObject({ action: z.enum(['kill', 'stop', 'start']) });
const nothing = z.strictObject({});
const faultBody = z.strictObject({
  kind: z.enum(faultKinds),
  count: z.number().int().min(1).max(100_000).default(1),
  route: z.string().min(1).max(200).optional(),
  delayMs: z.number().int().min(1).max(60_000).default(faultDelayMs),
});
const loadBody = z.strictObject({
  guilds: z.array(snowflake).min(1).max(1_000_000),
  users: z.array(snowflake).min(1).max(1_000_000).optional(),
  command: z.string().trim().min(1).max(200),
  options: z.record(z.string(), z.unknown()).default({}),
  total: z.number().int().min(1).max(10_000_000),
  outstanding: z.number().int().min(1).max(5_000).default(64),
});

/** Asks the parent and gives its answer; a refusal when there is none, it fails, or takes longer than 30 s. */
const askParent = async (asked: (() => Promise<unknown>) | undefined): Promise<object> => {
  const noBot = refuseControl(409, noBotProcess, 'whoever started this local Discord does not run the bot');
  if (asked === undefined) return noBot;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), parentTimeoutMs);
  });
  try {
    const result = await Promise.race([asked(), late]);
    if (result === 'late') return refuseControl(504, 'timeout', `no answer within ${parentTimeoutMs} ms`);
    return typeof result === 'object' && result !== null ? { ok: true, ...result } : { ok: true };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message === noBotProcess ? noBot : refuseControl(409, 'bot_failed', message);
  } finally {
    clearTimeout(timer);
  }
};

const disturbGateway = ({ gateway }: Simulator, { action, downMs }: z.infer<typeof gatewayBody>): number => {
  if (downMs > 0) gateway.refuseFor(downMs);
  switch (action) {
    case 'drop':
      return gateway.drop();
    case 'reconnect':
      return gateway.reconnect();
    case 'invalid-session':
      return gateway.invalidate();
    default:
      return action satisfies never;
  }
};

/** The routes that move time, trouble the connection, run the bot and load it. */
export const mountRunning = (app: FastifyInstance, simulator: Simulator): void => {
  const { clock, world, store, faults, parent } = simulator;
  const clockView = () => ({ now: clock.now(), offsetMs: clock.offsetMs() });
  app.get('/sim/clock', clockView);
  app.post(
    '/sim/clock',
    controlHandler(clockBody, async ({ advanceMs }) => {
      clock.advance(advanceMs);
      world.clockOffsetMs = clock.offsetMs();
      store.changed('root');
      await store.flush();
      simulator.feed.tell(() => ({ type: 'clock', now: clock.now() }));
      return clockView();
    }),
  );
  app.post(
    '/sim/gateway',
    controlHandler(gatewayBody, (body) => ({ sessions: disturbGateway(simulator, body) })),
  );
  app.post(
    '/sim/bot',
    controlHandler(botBody, ({ action }) => {
      const { bot } = parent;
      return askParent(bot && (() => bot(action)));
    }),
  );
  app.post(
    '/sim/settle',
    controlHandler(nothing, () => askParent(parent.settle)),
  );
  app.post(
    '/sim/faults',
    controlHandler(faultBody, ({ route, ...fault }) => {
      faults.order({ ...fault, ...(route === undefined ? {} : { route }) });
      return { faults: faults.list() };
    }),
  );
  app.delete(
    '/sim/faults',
    controlHandler(nothing, () => {
      faults.clear();
      return { faults: [] };
    }),
  );
  app.post(
    '/sim/load',
    controlHandler(loadBody, (body) => runLoad(simulator, body)),
  );
};

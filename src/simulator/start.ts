import { join } from 'node:path';
import { setImmediate as everythingAtHand } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { mountPlayground } from '../playground/serve.ts';
import { createClock, type SimulatorClock } from './clock.ts';
import { mountControl } from './control/control.ts';
import { tellInside } from './control/inside.ts';
import { isFromLoopback } from './control/loopback.ts';
import { createFaults } from './faults.ts';
import { createFeed } from './feed.ts';
import { createFiles } from './files.ts';
import { createGateway } from './gateway/gateway.ts';
import { createInteractions, type Interactions } from './interactions/interactions.ts';
import { decodeRecent, encodeRecent } from './interactions/recent.ts';
import { createNonces } from './nonces.ts';
import { createOpenModals } from './people/modals.ts';
import type { InsideReport, SimulatorParent } from './protocol.ts';
import { createRefusedLog } from './refused-log.ts';
import { mountFiles } from './rest/files.ts';
import { mountRest } from './rest/rest.ts';
import type { Simulator } from './simulator.ts';
import { createIds } from './snowflake.ts';
import { createUploads } from './uploads.ts';
import { createWorldStore, forgetfulStore, loadInteractions, loadWorld, type WorldStore } from './world/persistence.ts';
import { createWorld, settleFirstWorld } from './world/settling.ts';
import type { World } from './world/world.ts';

export { spawnSimulator } from './spawn.ts';

/** How to start a local Discord. */
export interface StartOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Guildhall's data folder; the world is kept in `simulator` inside it. Absent: nothing is kept. */
  readonly dataFolder?: string;
  /** The machine's time, milliseconds since 1970; `Date.now` when absent. */
  readonly clock?: () => number;
  /** The only token taken; any when absent. */
  readonly token?: string;
  /** What the starter does for it: run the bot, hear of the clock. */
  readonly parent?: SimulatorParent;
}

/** A running local Discord. */
export interface RunningSimulator {
  /** `http://127.0.0.1:PORT`; Discord's REST interface is under `/api`. */
  readonly url: string;
  readonly port: number;
  /** What its parent knows of the bot: once told, the state says ready only while true. */
  readonly botReady: (ready: boolean) => void;
  /** What the bot's actors did, as its parent hears it: goes to whoever watches. */
  readonly inside: (report: InsideReport) => void;
  /** Saves the world, ends every connection. */
  readonly stop: () => Promise<void>;
}

const host = '127.0.0.1';
const bodyMaxBytes = 64 * 1024 * 1024;

interface Opened {
  readonly world: World;
  readonly clock: SimulatorClock;
  readonly nextId: () => string;
  readonly interactions: Interactions;
  readonly store: WorldStore;
  readonly isNew: boolean;
}

const openWorld = async (folder: string | undefined, machineNow: () => number): Promise<Opened> => {
  const saved = folder === undefined ? undefined : await loadWorld(folder);
  const recent = folder === undefined ? undefined : await loadInteractions(folder);
  const clock = createClock(machineNow, saved?.clockOffsetMs ?? 0);
  // One source for every id: two would draw the same one in the same millisecond.
  const nextId = createIds(clock.now);
  const world = saved ?? createWorld(nextId);
  const earlier = recent === undefined ? [] : decodeRecent(world, recent);
  const interactions = createInteractions(clock, earlier, () => store.changed('interactions'));
  const store =
    folder === undefined
      ? forgetfulStore
      : createWorldStore(
          world,
          folder,
          () => encodeRecent(interactions.all()),
          (error) => {
            throw error;
          },
        );
  return { world, clock, nextId, interactions, store, isNew: saved === undefined };
};

const createApp = (): FastifyInstance => {
  const app = fastify({
    bodyLimit: bodyMaxBytes,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 1_000 },
  });
  // Requests without a body are common here (DELETE with a JSON content type), so an empty one is no error.
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? undefined : JSON.parse(text as string));
    } catch (error) {
      done(Object.assign(error as Error, { statusCode: 400 }), undefined);
    }
  });
  return app;
};

/**
 * Starts a local Discord on the loopback address. A first start makes two servers with the same people.
 * Rejects when the port is taken, the saved world cannot be read or `DISCORD_TOKEN` is set.
 */
export const startSimulator = async (options: StartOptions): Promise<RunningSimulator> => {
  if ((process.env['DISCORD_TOKEN'] ?? '') !== '') {
    throw new Error('DISCORD_TOKEN is set: with a real bot no local Discord is started');
  }
  const folder = options.dataFolder === undefined ? undefined : join(options.dataFolder, 'simulator');
  const machineNow = options.clock ?? Date.now;
  const { world, clock, nextId, interactions, store, isNew } = await openWorld(folder, machineNow);
  const app = createApp();
  let url = '';
  const simulator: Simulator = {
    world,
    store,
    clock,
    nextId,
    gateway: createGateway(world, () => `${url.replace('http', 'ws')}/gateway`, options.token),
    interactions,
    openModals: createOpenModals(),
    nonces: createNonces(clock),
    feed: createFeed(),
    faults: createFaults(),
    refused: createRefusedLog(),
    files: createFiles(folder === undefined ? undefined : join(folder, 'files')),
    uploads: createUploads(),
    parent: options.parent ?? {},
    botReady: undefined,
    url: () => url,
  };
  if (isNew) {
    settleFirstWorld({ world, nextId, nowMs: clock.now });
    store.changed('root');
    for (const guildId of world.guilds.keys()) store.changed({ guildId });
    await store.flush();
  }
  clock.onAdvance((offsetMs) => {
    simulator.interactions.sweep();
    simulator.parent.clock?.(offsetMs);
  });
  await mountRest(app, simulator, options.token);
  await mountControl(app, simulator);
  mountFiles(app, simulator);
  mountPlayground(app);
  app.server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith('/gateway') === true && isFromLoopback(request.headers)) {
      simulator.gateway.upgrade(request, socket, head);
    } else {
      socket.destroy();
    }
  });
  url = await app.listen({ port: options.port, host });
  simulator.parent.clock?.(clock.offsetMs());
  return {
    url,
    port: Number(new URL(url).port),
    botReady: (ready) => {
      simulator.botReady = ready;
    },
    inside: (report) => tellInside(simulator, report),
    stop: async () => {
      simulator.gateway.close();
      simulator.interactions.close();
      // What is told to those who waited goes out before their connections are cut.
      await everythingAtHand();
      await app.close();
      await store.flush();
    },
  };
};

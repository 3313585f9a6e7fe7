// The runtime behind a socket: what the gateway is to it, the generator is here.
import { createServer, type Socket } from 'node:net';
import { startEviction } from '../../src/schedule/eviction.ts';
import { systemWaits } from '../../src/schedule/waits.ts';
import { endWithParent, job, say, stopAtEnd } from '../child-side.ts';
import { collectWithBuffers } from '../collect.ts';
import { askAs, benchGuild, benchMember, openBenchHouse, operationOf } from '../house.ts';
import {
  answerBytes,
  framesOf,
  type Kind,
  type Outcome,
  outcomes,
  type Request,
  readRequest,
  requestBytes,
} from './protocol.ts';
import type { ServerFigures, ServerJob } from './server.ts';

/** Requests that a flood keeps waiting in one guild: more than its inbox takes. */
const floodOutstanding = 1_200;
const floodEveryMs = 1;
/** One request in so many is looked at for whether its guild is in memory. */
const lookedAtEvery = 16;

const { folder, socket: path, snapshotIntervalMs, idleMs, ...options } = job<ServerJob>();
endWithParent();
const openingMs = performance.now();
const house = await openBenchHouse(folder, snapshotIntervalMs, options);
const openMs = performance.now() - openingMs;
const operations = {
  balance: operationOf(house, 'economy.balance'),
  leaderboard: operationOf(house, 'core.leaderboard.open'),
  profile: operationOf(house, 'core.profile.open'),
  pay: operationOf(house, 'economy.pay'),
  rob: operationOf(house, 'economy.rob'),
  settings: operationOf(house, 'core.settings.set'),
} as const satisfies Readonly<Record<Kind, unknown>>;

const inputOf = (kind: Kind, { sequence, other }: Request): unknown => {
  const member = { id: benchMember(other), bot: false, present: true };
  if (kind === 'pay') return { member, amount: '1' };
  if (kind === 'rob') return { member };
  if (kind === 'settings') return { key: 'daily.amount', value: String(100 + (sequence % 100)) };
  return {};
};

const looks = { all: 0, notInMemory: 0 };
const look = ({ guild, sequence }: Request): void => {
  if (sequence % lookedAtEvery !== 0) return;
  looks.all += 1;
  if (house.directory.worldsSeen(benchGuild(guild)) === undefined) looks.notInMemory += 1;
};

const ask = async (kind: Kind, request: Request): Promise<Outcome> => {
  const answer = await askAs(house, operations[kind], request.guild, request.member, inputOf(kind, request));
  if ('done' in answer) return 'done';
  if (answer.refused === 'core.busy') return 'busy';
  return answer.refused.startsWith('core.') ? 'failed' : 'refused';
};

let flood: ReturnType<typeof setInterval> | undefined;
let flooding = 0;
const startFlood = (request: Request): void => {
  flood = setInterval(() => {
    while (flooding < floodOutstanding) {
      flooding += 1;
      void ask('pay', { ...request, member: flooding % 20, other: (flooding + 1) % 20 }).then(() => {
        flooding -= 1;
      });
    }
  }, floodEveryMs);
};

const figures = async (): Promise<ServerFigures> => {
  await collectWithBuffers();
  const { rss, heapUsed, external } = process.memoryUsage();
  const notInMemoryShare = looks.notInMemory / Math.max(1, looks.all);
  Object.assign(looks, { all: 0, notInMemory: 0 });
  return {
    openMs,
    residentBytes: rss,
    heapBytes: heapUsed + external,
    actors: house.directory.actorsInMemory(),
    guildsInMemory: house.store.figures().guildsInMemory,
    snapshots: house.store.figures().snapshots,
    notInMemoryShare,
  };
};

/** Does what is asked; answers that come in the same turn leave in one write. */
const serve = (socket: Socket): void => {
  socket.setNoDelay(true);
  let leaving: Buffer[] = [];
  const answer = (sequence: number, outcome: Outcome): void => {
    const frame = Buffer.alloc(answerBytes);
    frame.writeUInt32LE(sequence, 0);
    frame.writeUInt8(outcomes.indexOf(outcome), 4);
    if (leaving.length === 0) {
      setImmediate(() => {
        socket.write(Buffer.concat(leaving));
        leaving = [];
      });
    }
    leaving.push(frame);
  };
  const take = (request: Request): void => {
    const { sequence, kind } = request;
    if (kind === 'flood') startFlood(request);
    else if (kind === 'calm') clearInterval(flood);
    else if (kind === 'measure') void figures().then(say);
    else {
      look(request);
      void ask(kind, request).then((outcome) => answer(sequence, outcome));
    }
    if (kind === 'flood' || kind === 'calm' || kind === 'measure') answer(sequence, 'done');
  };
  socket.on(
    'data',
    framesOf(requestBytes, (chunk, offset) => take(readRequest(chunk, offset))),
  );
  socket.on('error', () => socket.destroy());
};

const server = createServer(serve);
const stopEviction = startEviction(house.directory, systemWaits, idleMs);
stopAtEnd(async () => {
  clearInterval(flood);
  stopEviction();
  server.close();
  await house.close();
});
server.listen(path, () => void say({}));

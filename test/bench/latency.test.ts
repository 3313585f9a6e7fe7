import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generate, type Traffic } from '../../bench/latency/generator.ts';
import { latencyLine } from '../../bench/latency/load-runs.ts';
import { answerBytes, framesOf, readRequest, requestBytes, writeRequest } from '../../bench/latency/protocol.ts';
import { startBenchServer } from '../../bench/latency/server.ts';
import { trafficOf } from '../../bench/latency/traffic.ts';
import { populate } from '../../bench/populate.ts';
import { removeFolder, scratchFolder } from '../../bench/scratch.ts';

const traffic: Traffic = {
  seed: 1,
  mix: { balance: 0.5, pay: 0.2, leaderboard: 0.1, profile: 0.1, rob: 0.05, settings: 0.05 },
  firstGuild: 0,
  guilds: 4,
  exponent: 1,
  membersPerGuild: 4,
  cold: { share: 0.1, firstGuild: 4, guilds: 4, membersPerGuild: 2 },
};

test('a server answers a generator, at a rate and as fast as it can', { timeout: 60_000 }, async () => {
  const folder = await scratchFolder();
  await populate(folder, [
    { guilds: 4, membersPerGuild: 4 },
    { guilds: 4, membersPerGuild: 2 },
  ]);
  const server = await startBenchServer({ folder, snapshotIntervalMs: 50, idleMs: 100 });
  const { socket } = server;
  const fast = await generate({ socket, traffic, pace: { outstanding: 4 }, durationMs: 2_000 });
  expect(fast.all.requests).toBeGreaterThan(0);
  await server.ask({ kind: 'flood', guild: 0, member: 0, other: 1 });
  const steady = await generate({ socket, traffic, pace: { perSecond: 200 }, durationMs: 2_000 });
  await server.ask({ kind: 'calm', guild: 0, member: 0, other: 1 });
  expect(steady.all.requests).toBeGreaterThan(0);
  expect(steady.all.p99Ms).toBeGreaterThanOrEqual(steady.all.p50Ms);
  const { residentBytes } = await server.figures();
  expect(residentBytes).toBeGreaterThan(0);
  await server.stop();
  await removeFolder(folder);
});

test('a server counts requests whose guild is not in memory', { timeout: 60_000 }, async () => {
  const folder = await scratchFolder();
  await populate(folder, [{ guilds: 2, membersPerGuild: 2 }]);
  const server = await startBenchServer({ folder, snapshotIntervalMs: 50, idleMs: 60_000 });
  const ask = (guild: number): Promise<void> => server.ask({ kind: 'balance', guild, member: 0, other: 1 });
  for (const guild of [0, 0, 1, 0]) await ask(guild);
  expect((await server.figures()).notInMemoryShare).toBe(0.5);
  // From the last figures on.
  await ask(1);
  expect((await server.figures()).notInMemoryShare).toBe(0);
  await server.stop();
  await removeFolder(folder);
});

test('who asks while nobody answers waits from when they meant to ask', { timeout: 60_000 }, async () => {
  const folder = await scratchFolder();
  const socket = join(folder, 'socket');
  const holdMs = 400;
  // Answers nothing for a while, and then everything at once.
  const server = createServer((connection) => {
    let held: Buffer[] | undefined;
    let holding = true;
    connection.on(
      'data',
      framesOf(requestBytes, (chunk, offset) => {
        const answer = Buffer.alloc(answerBytes);
        chunk.copy(answer, 0, offset, offset + 4);
        if (!holding) connection.write(answer);
        else if (held) held.push(answer);
        else {
          held = [answer];
          setTimeout(() => {
            holding = false;
            connection.write(Buffer.concat(held ?? []));
          }, holdMs);
        }
      }),
    );
  });
  server.listen(socket);
  await once(server, 'listening');
  const { all } = await generate({ socket, traffic, pace: { perSecond: 500 }, durationMs: 500 });
  server.close();
  await removeFolder(folder);
  // Half of what was meant to be asked after the warm-up of 100 ms was meant to be asked before 300 ms.
  expect(all.requests).toBeGreaterThan(150);
  expect(all.p50Ms).toBeGreaterThan(90);
});

test('a run whose generator lagged is void', () => {
  const latencies = { requests: 1, p50Ms: 1, p90Ms: 1, p99Ms: 1, p999Ms: 1, maxMs: 1 };
  const run = { round: 1, rate: 100 };
  expect(latencyLine('one', run, latencies, { lagP99Ms: 0.9 }).void).toBeUndefined();
  expect(latencyLine('one', run, latencies, { lagP99Ms: 1.1 }).void).toContain('1.1 ms late');
  expect(latencyLine('one', run, { ...latencies, requests: 0 }, { lagP99Ms: 0 }).void).toBe('nothing was asked');
});

test('requests come out of the stream as they went in, however it is cut', () => {
  const requests = [
    { sequence: 1, kind: 'pay', guild: 99_999, member: 3, other: 4 },
    { sequence: 4_000_000_000, kind: 'calm', guild: 0, member: 0, other: 0 },
  ] as const;
  const stream = Buffer.alloc(requestBytes * requests.length);
  requests.forEach((request, index) => writeRequest(stream, index * requestBytes, request));
  for (let cut = 1; cut < stream.length; cut += 1) {
    const seen: unknown[] = [];
    const take = framesOf(requestBytes, (chunk, offset) => seen.push(readRequest(chunk, offset)));
    take(stream.subarray(0, cut));
    take(stream.subarray(cut));
    expect(seen).toEqual(requests);
  }
  expect(answerBytes).toBeLessThan(requestBytes);
});

test('a cold guild does not come again before all others have', () => {
  const next = trafficOf({ ...traffic, cold: { share: 1, firstGuild: 10, guilds: 50, membersPerGuild: 2 } });
  const guilds = Array.from({ length: 50 }, () => next().guild);
  expect(new Set(guilds).size).toBe(50);
  expect(Math.min(...guilds)).toBe(10);
});

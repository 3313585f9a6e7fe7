// People who ask at random times, whether they have been answered or not: a request that waits behind a slow one is late
// by all of its wait, from when it was meant to be sent. Always awake: a timer would be late by itself.
import { once } from 'node:events';
import { connect } from 'node:net';
import { setPriority } from 'node:os';
import { build, type Histogram } from 'hdr-histogram-js';
import { assert } from '../../src/kernel/assert.ts';
import { endWithParent, job, say } from '../child-side.ts';
import { numbers } from '../load.ts';
import type { Generated, GeneratorJob, Latencies } from './generator.ts';
import { answerBytes, framesOf, type Kind, kinds, outcomes, requestBytes, writeRequest } from './protocol.ts';
import { trafficOf } from './traffic.ts';

/** What is not measured at first. */
const warmUpShare = 0.2;
/** How long after the last request answers may come. */
const patienceMs = 30_000;
const microsecondsMost = 3_600_000_000;

const { socket: path, traffic, pace, durationMs } = job<GeneratorJob>();
endWithParent();
try {
  setPriority(-10);
} catch {
  // Not allowed to everybody: then a busy machine makes more runs void.
}
const socket = connect(path);
socket.setNoDelay(true);
await once(socket, 'connect');

const histogram = (): Histogram =>
  build({ highestTrackableValue: microsecondsMost, numberOfSignificantValueDigits: 3 });
const record = (into: Histogram, ms: number): void => into.recordValue(Math.max(1, Math.round(ms * 1000)));
const read = (from: Histogram): Latencies => ({
  requests: from.totalCount,
  p50Ms: from.getValueAtPercentile(50) / 1000,
  p90Ms: from.getValueAtPercentile(90) / 1000,
  p99Ms: from.getValueAtPercentile(99) / 1000,
  p999Ms: from.getValueAtPercentile(99.9) / 1000,
  maxMs: from.totalCount === 0 ? 0 : from.maxValue / 1000,
});

const next = trafficOf(traffic);
const draw = numbers(traffic.seed + 1_000_003);
const all = histogram();
const cold = histogram();
const lags = histogram();
const byKind = new Map<Kind, Histogram>(kinds.map((kind) => [kind, histogram()]));
const waiting = new Map<number, { readonly intendedMs: number; readonly kind: Kind; readonly cold: boolean }>();
const counts = { done: 0, refused: 0, busy: 0, failed: 0 };
const startedMs = performance.now();
const measuredFromMs = startedMs + durationMs * warmUpShare;
const untilMs = startedMs + durationMs;
let sequence = 0;
let answeredInTime = 0;
let freed = 0;
let leaving: Buffer[] = [];

const send = (intendedMs: number): void => {
  sequence += 1;
  const { kind, guild, member, other, cold: isCold } = next();
  const frame = Buffer.alloc(requestBytes);
  writeRequest(frame, 0, { sequence, kind, guild, member, other });
  leaving.push(frame);
  waiting.set(sequence, { intendedMs, kind, cold: isCold });
  if (intendedMs >= measuredFromMs) record(lags, performance.now() - intendedMs);
};
const flush = (): void => {
  if (leaving.length === 0) return;
  socket.write(Buffer.concat(leaving));
  leaving = [];
};

socket.on(
  'data',
  framesOf(answerBytes, (chunk, offset) => {
    const number = chunk.readUInt32LE(offset);
    const asked = waiting.get(number);
    const outcome = outcomes[chunk.readUInt8(offset + 4)];
    assert(asked !== undefined && outcome !== undefined, 'an answer is to a question');
    waiting.delete(number);
    freed += 1;
    const nowMs = performance.now();
    if (asked.intendedMs < measuredFromMs) return;
    counts[outcome] += 1;
    if (nowMs <= untilMs) answeredInTime += 1;
    const latencyMs = nowMs - asked.intendedMs;
    record(all, latencyMs);
    record(asked.cold ? cold : (byKind.get(asked.kind) ?? all), latencyMs);
  }),
);

/** The time to the next request of a Poisson process. */
const gapMs = (perSecond: number): number => (-Math.log(1 - draw()) * 1000) / perSecond;
let intendedMs = startedMs;
if ('outstanding' in pace) freed = pace.outstanding;

const turn = (): void => {
  const nowMs = performance.now();
  if ('perSecond' in pace) {
    // What was meant before the end is asked, however late it is: those are the slowest ones.
    const dueMs = Math.min(nowMs, untilMs);
    for (; intendedMs <= dueMs; intendedMs += gapMs(pace.perSecond)) send(intendedMs);
  } else if (nowMs < untilMs) {
    for (; freed > 0; freed -= 1) send(nowMs);
  }
  flush();
  if (nowMs < untilMs) setImmediate(turn);
  else finish();
};

const finish = (): void => {
  if (waiting.size > 0 && performance.now() < untilMs + patienceMs) {
    setTimeout(finish, 1);
    return;
  }
  assert(waiting.size === 0, 'every request is answered');
  assert(counts.failed === 0, 'no request fails');
  const asked = counts.done + counts.refused + counts.busy;
  const generated: Generated = {
    perSecond: (answeredInTime * 1000) / (untilMs - measuredFromMs),
    all: read(all),
    kinds: Object.fromEntries([...byKind].map(([kind, latencies]) => [kind, read(latencies)])),
    cold: read(cold),
    refusedShare: counts.refused / asked,
    busyShare: counts.busy / asked,
    lagP99Ms: lags.getValueAtPercentile(99) / 1000,
  };
  void say(generated).then(() => process.exit(0));
};
turn();

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert } from '../../src/kernel/assert.ts';
import { stopAtEnd } from '../child-side.ts';
import { coinsMax, type Ground, type PeerRound, startCoins } from './peer.ts';
import { programPath } from './server.ts';
import { paymentsOf } from './workload.ts';

/** The script goes over its payments again when they run out, each time under new keys. */
const paymentsWritten = 2 ** 20;

interface Answer {
  readonly asked: number;
  readonly paid: number;
  readonly paidBefore: number;
  readonly elapsedMs: number;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly coins: number;
  readonly ledgerRows: number;
}

const writePayments = (path: string, ground: Ground): void => {
  const bytes = Buffer.alloc(paymentsWritten * 8);
  const next = paymentsOf(ground);
  for (let offset = 0; offset < bytes.length; offset += 8) {
    const { guild, payer, receiver } = next();
    bytes.writeUInt32LE(guild, offset);
    bytes.writeUInt16LE(payer, offset + 4);
    bytes.writeUInt16LE(receiver, offset + 6);
  }
  writeFileSync(path, bytes);
};

/**
 * Elixir: a GenServer for each guild and a process for the log, with who pays in the same runtime, as with ours. `each`
 * waits for the disk in the handler; `group` writes all records that gathered meanwhile with one sync.
 */
export const measureElixir = async (ground: Ground, form: 'each' | 'group'): Promise<PeerRound> => {
  const { folder, guilds, membersPerGuild, outstanding, warmUpMs, durationMs, recordBytes } = ground;
  const payments = join(folder, 'payments');
  writePayments(payments, ground);
  const figures = [guilds, membersPerGuild, startCoins, coinsMax, outstanding, warmUpMs, durationMs, recordBytes];
  const script = join(import.meta.dirname, 'pay.exs');
  const elixir = spawn(
    programPath('elixir'),
    [script, payments, join(folder, 'log'), form, ...figures.map((figure) => String(Math.round(figure)))],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LC_ALL: 'C.UTF-8' } },
  );
  const closed = once(elixir, 'close') as Promise<[number | null]>;
  stopAtEnd(async () => {
    elixir.kill('SIGTERM');
    await closed;
  });
  let said = '';
  elixir.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await closed;
  if (code !== 0) throw new Error(`elixir ended with ${code}`);
  const answer = JSON.parse(said) as Answer;
  const before = guilds * membersPerGuild * startCoins;
  assert(answer.coins === before, `coins are conserved: ${before} before, ${answer.coins} after`);
  const expected = answer.paid + answer.paidBefore + 1;
  assert(
    answer.ledgerRows === expected,
    `the ledger has a row for each payment: ${expected}, not ${answer.ledgerRows}`,
  );
  return {
    perSecond: (answer.asked * 1000) / answer.elapsedMs,
    operations: answer.asked,
    refusedShare: 1 - answer.paid / answer.asked,
    fromMs: answer.fromMs,
    untilMs: answer.untilMs,
    figures: {},
  };
};

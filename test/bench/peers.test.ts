import { describe, expect, test } from 'vitest';
import { openBank } from '../../bench/peers/bank.ts';
import type { FormName } from '../../bench/peers/forms.ts';
import { measurePeer } from '../../bench/peers/measure.ts';
import type { Ground, Peer } from '../../bench/peers/peer.ts';
import { checkSyncs, type PeerPlan, peerRunner, runnable } from '../../bench/peers/run.ts';
import { canCountSyncs, tracer } from '../../bench/peers/syncs.ts';
import { paymentsOf } from '../../bench/peers/workload.ts';

const plan: PeerPlan = {
  rounds: 1,
  warmUpMs: 5,
  durationMs: 40,
  guilds: 4,
  membersPerGuild: 4,
  outstanding: 4,
  snapshotIntervalMs: 20,
  snapshotsLeast: 1,
  countingMs: 40,
};
const ground: Ground = {
  ...plan,
  folder: '',
  seed: 1,
  exponent: 1,
  warmUpMs: 5,
  recordBytes: 200,
  journal: 'written',
  prepared: undefined,
};
const timeoutMs = 60_000;

/** One form of each peer. */
const shown: readonly FormName[] = [
  'ours',
  'append-group',
  'sqlite-tick',
  'json-memory',
  'nact-each',
  'nact-batched',
  'redis-pipelined',
  'postgres-function',
  'elixir-group',
];

describe('each peer pays, and keeps coins and ledger', () => {
  for (const name of shown) {
    const { skipped } = runnable([name]);
    const [missing] = skipped;
    const title = missing === undefined ? name : `${name}: not installed; ${missing.install}`;
    test.skipIf(missing !== undefined)(title, { timeout: timeoutMs }, async () => {
      const runner = await peerRunner(plan);
      const { perSecond, operations } = await runner.round(name, 1);
      expect(perSecond).toBeGreaterThan(0);
      expect(operations).toBeGreaterThan(0);
      await runner.close();
    });
  }
});

describe('syncs are counted', () => {
  const counted: readonly FormName[] = ['ours', 'append-group', 'sqlite-tick', 'nact-batched'];
  for (const name of counted) {
    const title = canCountSyncs() ? name : `${name}: no strace; ${tracer.install}`;
    test.skipIf(!canCountSyncs())(title, { timeout: timeoutMs }, async () => {
      const runner = await peerRunner(plan);
      const count = await runner.countSyncs(name);
      expect(count?.syncs).toBeGreaterThan(0);
      await runner.close();
    });
  }

  test('a durable form that never syncs is an error', () => {
    expect(() => checkSyncs('liar', { paid: 1, syncs: 0, outstanding: 64 })).toThrow('never has anything forced');
  });

  test('a durable form that answers more than can have waited is an error', () => {
    expect(() => checkSyncs('liar', { paid: 1_000, syncs: 10, outstanding: 64 })).toThrow('did not wait');
    checkSyncs('honest', { paid: 640, syncs: 10, outstanding: 64 });
  });
});

describe('a peer that cheats is caught', () => {
  const bank = (cheat: (rows: number) => Partial<{ coins: number; rows: number }>): Peer => {
    const { apply, coins, ledgerRows } = openBank(plan.guilds, plan.membersPerGuild);
    return {
      pay: async (payment) => {
        const paid = apply(payment);
        // Let timers run.
        await new Promise((resolve) => setImmediate(resolve));
        return paid ?? true;
      },
      audit: async () => {
        const changed = cheat(ledgerRows());
        return { coins: changed.coins ?? coins(), ledgerRows: changed.rows ?? ledgerRows() };
      },
      close: async () => undefined,
    };
  };

  test('an honest one is not', async () => {
    const { operations } = await measurePeer(
      ground,
      bank(() => ({})),
    );
    expect(operations).toBeGreaterThan(0);
  });

  test('one that loses a coin', async () => {
    const before = plan.guilds * plan.membersPerGuild * 100;
    await expect(
      measurePeer(
        ground,
        bank(() => ({ coins: before - 1 })),
      ),
    ).rejects.toThrow('coins are conserved');
  });

  test('one that pays twice for one key', async () => {
    await expect(
      measurePeer(
        ground,
        bank((rows) => ({ rows: rows + 1 })),
      ),
    ).rejects.toThrow('a row for each payment');
  });
});

test('all peers get the same payments, within a guild and between two of its members', () => {
  const next = paymentsOf(ground);
  const again = paymentsOf(ground);
  for (let index = 1; index <= 1_000; index += 1) {
    const payment = next();
    expect(again()).toEqual(payment);
    expect(payment.id).toBe(index);
    expect(payment.payer).not.toBe(payment.receiver);
    expect(Math.max(payment.payer, payment.receiver)).toBeLessThan(plan.membersPerGuild);
    expect(payment.guild).toBeLessThan(plan.guilds);
  }
});

// What the bot's process tells the page of its inside: readable, and never too much.
import { describe, expect, test } from 'vitest';
import type { ObservedWork } from '../../src/actors/observation.ts';
import { accounts } from '../../src/features/wallet/state.ts';
import { guildId, memberId } from '../../src/kernel/ids.ts';
import { insideReports } from '../../src/local/inside.ts';
import type { InsideReport } from '../../src/simulator/protocol.ts';

const guild = guildId('100000000000000001');
const member = memberId('200000000000000001');

const setUp = () => {
  const reports: InsideReport[] = [];
  const waiting: (() => void)[] = [];
  const clock = { ms: 0 };
  const observe = insideReports({
    tell: (report) => reports.push(report),
    monotonicMs: () => clock.ms,
    originMs: 1_000_000,
    later: (callback) => waiting.push(callback),
  });
  const report = (): InsideReport | undefined => {
    for (const callback of waiting.splice(0)) callback();
    return reports.at(-1);
  };
  return { observe, report, clock, reports, waiting };
};

const work = (changes: ObservedWork['changes'] = [], more: Partial<ObservedWork> = {}): ObservedWork => ({
  guild,
  origin: 'request',
  operation: 'test.do',
  interaction: '300000000000000001',
  member,
  queuedAtMs: 10,
  begunAtMs: 12,
  handledAtMs: 12.5,
  releasedAtMs: 17.25,
  changes,
  ...more,
});

const change = (before: unknown, after: unknown) => ({ collection: accounts, key: member, before, after });

describe('a report of the inside', () => {
  test('says how long each part took, and when it began by the clock on the wall', () => {
    const { observe, report } = setUp();
    observe(work([], { refused: 'test.no' }));
    expect(report()).toEqual({
      skipped: 0,
      works: [
        {
          guild,
          realm: 'guilds',
          origin: 'request',
          operation: 'test.do',
          interaction: '300000000000000001',
          member,
          refused: 'test.no',
          queuedAt: 1_000_010,
          mailboxMs: 2,
          handlerMs: 0.5,
          commitMs: 4.75,
          changes: [],
          changesMore: 0,
        },
      ],
    });
  });

  test.each<[string, unknown, unknown, object]>([
    ['a field that changed', { a: 1, b: 'x' }, { a: 2, b: 'x' }, { kind: 'changed', fields: [['a', '1', '2']] }],
    ['a field inside', { a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, { kind: 'changed', fields: [['a.c', '2', '3']] }],
    ['a new row', undefined, { a: true }, { kind: 'new', fields: [['a', '', 'true']] }],
    ['a row that goes', { a: null }, undefined, { kind: 'gone', fields: [['a', 'null', '']] }],
    ['a list', { a: [1] }, { a: [1, 2] }, { kind: 'changed', fields: [['a', '[1]', '[1,2]']] }],
    ['a number without bounds', { a: 1n }, { a: 2n }, { kind: 'changed', fields: [['a', '1', '2']] }],
  ])('shows %s', (_what, before, after, expected) => {
    const { observe, report } = setUp();
    observe(work([change(before, after)]));
    expect(report()?.works[0]?.changes[0]).toEqual({
      collection: accounts.name,
      key: member,
      fieldsMore: 0,
      ...expected,
    });
  });

  test('is bounded: rows, fields and their lengths', () => {
    const { observe, report } = setUp();
    const wide = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`f${index}`, 'x'.repeat(10_000)]));
    observe(work(Array.from({ length: 100 }, () => change(undefined, wide))));
    const [told] = report()?.works ?? [];
    expect(told?.changes.length).toBe(12);
    expect(told?.changesMore).toBe(88);
    expect(told?.changes[0]).toMatchObject({ fieldsMore: 44 });
    expect(JSON.stringify(told).length).toBeLessThan(10_000);
  });

  test('is bounded in number; what is over is counted, and allowed again as time goes by', () => {
    const { observe, report, clock, reports } = setUp();
    for (let count = 0; count < 2_000; count += 1) observe(work());
    expect(report()).toMatchObject({ skipped: 500 });
    expect(reports[0]?.works.length).toBe(1_500);
    clock.ms += 100;
    for (let count = 0; count < 100; count += 1) observe(work());
    expect(report()).toMatchObject({ skipped: 50 });
    expect(reports[1]?.works.length).toBe(50);
  });

  test('several go together, and none is sent while there is nothing to tell', () => {
    const { observe, report, reports, waiting } = setUp();
    observe(work());
    observe(work());
    expect(waiting.length).toBe(1);
    report();
    report();
    expect(reports.map(({ works }) => works.length)).toEqual([2]);
  });
});

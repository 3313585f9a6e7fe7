import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { auditLedger } from '../../../src/command-line/ledger-audit.ts';
import { accounts, vaults } from '../../../src/features/wallet/state.ts';
import { answerRefused } from '../limits.ts';
import { type Answered, administrator, createTable, dayMs, hourMs, member, person, type Table } from '../table.ts';

const players = [1, 2, 3].map(member);
const staff = member(9);

type Step =
  | { readonly kind: 'say'; readonly who: number; readonly path: string; readonly input: Record<string, unknown> }
  /** One of the controls that were shown so far, old ones among them, by the staff. */
  | { readonly kind: 'press'; readonly back: number; readonly choice: number }
  | { readonly kind: 'wait'; readonly ms: number };

const anybody = fc.nat(2);
const somebody = anybody.map((index) => person(players[index] as (typeof players)[number]));
const amount = fc.constantFrom('1', '40', '100', '1,000', '1000000000000000', 'all', 'half', 'x');
const say = (path: string, input: fc.Arbitrary<Record<string, unknown>>, who: fc.Arbitrary<number> = fc.constant(-1)) =>
  fc.record({ kind: fc.constant('say' as const), who, path: fc.constant(path), input });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: say('pay', fc.record({ member: somebody, amount }), anybody) },
  { weight: 2, arbitrary: say('daily', fc.constant({}), anybody) },
  { weight: 2, arbitrary: say('rob', fc.record({ member: somebody }), anybody) },
  { weight: 2, arbitrary: say('bank deposit', fc.record({ amount }), anybody) },
  { weight: 1, arbitrary: say('loan take', fc.record({ amount }), anybody) },
  { weight: 3, arbitrary: say('eco give-coins', fc.record({ member: somebody, amount })) },
  {
    weight: 3,
    arbitrary: say('eco take-coins', fc.record({ member: somebody, amount, from: fc.constantFrom('wallet', 'both') })),
  },
  { weight: 1, arbitrary: say('eco give-item', fc.record({ member: somebody, item: fc.constant('luck_potion') })) },
  { weight: 1, arbitrary: say('eco freeze', fc.record({ on: fc.boolean() })) },
  { weight: 1, arbitrary: say('eco ban', fc.record({ member: somebody })) },
  { weight: 1, arbitrary: say('eco unban', fc.record({ member: somebody })) },
  { weight: 2, arbitrary: say('eco reset', fc.constant({})) },
  { weight: 1, arbitrary: say('eco status', fc.constant({})) },
  { weight: 3, arbitrary: say('balance', fc.record({ member: somebody })) },
  {
    weight: 20,
    arbitrary: fc.record({ kind: fc.constant('press' as const), back: fc.nat(8), choice: fc.nat(5) }),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(1_000, hourMs, dayMs, 8 * dayMs).map((ms) => ({ kind: 'wait' as const, ms })),
  },
);

const check = (table: Table): void => {
  const { minted, burned } = table.supply();
  expect(table.state.total(accounts, 'held') + table.state.total(vaults, 'held')).toBe(minted - burned);
  expect(auditLedger(table.state)).toEqual([]);
};

test.prop([fc.array(step, { maxLength: 60, size: 'max' })], { numRuns: 120 })(
  'whatever the staff press, coins are conserved and the ledger tells of every balance',
  (steps) => {
    const table = createTable();
    const controls: { readonly id: string; readonly choices: readonly string[] }[] = [];
    const see = (answered: Answered): void => {
      expect(answerRefused(answered)).toEqual([]);
      for (const control of (answered.reply.rows ?? []).flat()) {
        const choices = control.kind === 'select' ? control.choices.map(({ value }) => value) : [];
        controls.push({ id: control.customId, choices });
      }
      if (answered.modal) controls.push({ id: answered.modal.customId, choices: [] });
    };
    const permissions = administrator;
    for (const one of steps) {
      if (one.kind === 'wait') {
        table.wait(one.ms);
        table.fall();
      } else if (one.kind === 'say') {
        see(table.say(players[one.who] ?? staff, one.path, one.input, one.who < 0 ? { permissions } : {}));
      } else {
        const control = controls.at(-1 - one.back);
        if (!control) continue;
        const { id, choices } = control;
        const isForm = id.includes('reset-run') || id.includes('season-reset');
        const chosen = choices.length > 0 ? { chosen: choices[one.choice % choices.length] } : {};
        see(table.press(staff, id, { ...chosen, ...(isForm && { typed: 'reset 0001' }) }, { permissions }));
      }
      check(table);
    }
    table.fall();
    check(table);
  },
);

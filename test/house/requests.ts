// Random requests made from the declarations of every feature: a new feature is covered without being named.
import fc from 'fast-check';
import type { Answer, Request } from '../../src/actors/request.ts';
import { type ChannelId, channelId, type GuildId, guildId, type MemberId, memberId } from '../../src/kernel/ids.ts';
import type { AnyOperation } from '../../src/kernel/operation.ts';
import type { Option, Options } from '../../src/kernel/option.ts';
import type { Registry } from '../../src/kernel/registry.ts';
import { type House, startOfTime } from './house.ts';
import { fall, playTape, type Tape } from './time.ts';

export const guilds: readonly GuildId[] = ['100000000000000001', '100000000000000002', '100000000000000003'].map(
  guildId,
);
const channels: readonly ChannelId[] = ['310000000000000000', '310000000000000001'].map(channelId);
const members: readonly MemberId[] = [1, 2, 3, 4].map((n) => memberId(`20000000000000000${n}`));

/** One request as a plan: which guild, who, what, and how much later than the one before. */
export interface Plan {
  readonly guild: GuildId;
  readonly member: MemberId;
  readonly permissions: bigint;
  readonly channel?: ChannelId;
  readonly operation: string;
  readonly input: unknown;
  readonly laterMs: number;
}

const absurd = fc.oneof(
  fc.constantFrom<unknown>(null, '', ' ', '-5', '1e3', '٣', `1${'0'.repeat(400)}`, '0x10', 'NaN', -1, 0.5, Number.NaN),
  fc.constantFrom<unknown>(
    true,
    [],
    {},
    { id: 'x' },
    JSON.parse('{"__proto__": {"id": "1"}}'),
    Number.MAX_VALUE,
    2 ** 53,
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const amounts = fc.oneof(
  fc.integer({ min: 1, max: 300 }).map(String),
  fc.constantFrom('all', 'half', '25%', '1,000', '1000000000000000'),
);

const sensible = (option: Option<unknown>, registry: Registry): fc.Arbitrary<unknown> => {
  switch (option.type) {
    case 'member':
      return fc.record({
        id: fc.constantFrom(...members),
        bot: fc.oneof({ weight: 19, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
        present: fc.constant(true),
      });
    case 'integer':
      return fc.integer({ min: option.min ?? 0, max: Math.min(option.max ?? 10, (option.min ?? 0) + 10) });
    case 'boolean':
      return fc.boolean();
    case 'text':
      if (option.choices) return fc.constantFrom(...option.choices.map((choice) => choice.value));
      return fc.oneof(amounts, fc.constantFrom(...registry.settings.keys()), fc.constantFrom('on', 'off', '20%'));
    default:
      return option.type satisfies never;
  }
};

const hasOptions = (operation: AnyOperation): operation is AnyOperation & { readonly input: Options<unknown> } =>
  'options' in operation.input;

const inputFor = (operation: AnyOperation, registry: Registry): fc.Arbitrary<unknown> => {
  if (!hasOptions(operation)) return absurd;
  const entries = Object.entries(operation.input.options).map(([name, option]) => {
    const value = fc.oneof({ weight: 9, arbitrary: sensible(option, registry) }, { weight: 1, arbitrary: absurd });
    return [name, value] as const;
  });
  const declared = operation.input.options;
  const required = Object.keys(declared).filter((name) => declared[name]?.required);
  return fc.oneof(
    { weight: 19, arbitrary: fc.record(Object.fromEntries(entries), { requiredKeys: required }) },
    { weight: 1, arbitrary: absurd },
  );
};

/** Any request to any operation of any feature. */
export const anyPlan = (registry: Registry): fc.Arbitrary<Plan> =>
  fc.constantFrom(...registry.operations.values()).chain((operation) =>
    fc.record({
      guild: fc.constantFrom(...guilds),
      member: fc.constantFrom(...members),
      permissions: fc.constantFrom(0n, 0n, 8n),
      channel: fc.constantFrom(...channels),
      operation: fc.constant(operation.name),
      input: inputFor(operation, registry),
      laterMs: fc.constantFrom(0, 1, 1000, 60_000, 3_600_000, 86_400_000),
    }),
  );

const discordEpochMs = 1_420_070_400_000;

/** The interaction of a plan: its id holds the time it was made, as Discord's do. */
export const requestOf = (house: House, plan: Plan, serial: number, at: number): Request => {
  const operation = house.registry.operations.get(plan.operation);
  if (!operation) throw new Error(`no operation ${plan.operation}`);
  return {
    id: String((BigInt(at - discordEpochMs) << 22n) | BigInt(serial)),
    guild: plan.guild,
    member: plan.member,
    permissions: plan.permissions,
    channel: plan.channel,
    operation,
    input: plan.input,
    deadlineMs: Number.MAX_SAFE_INTEGER,
  };
};

/** A plan with the place and time it has in the whole run, so that a part of the run can be played by itself. */
export interface Placed {
  readonly plan: Plan;
  readonly serial: number;
  readonly at: number;
}

export const place = (plans: readonly Plan[]): readonly Placed[] => {
  let at: number = startOfTime;
  return plans.map((plan, serial) => {
    at += plan.laterMs;
    return { plan, serial, at };
  });
};

/** Asks one placed request at its own time. */
export const ask = (house: House, { plan, serial, at }: Placed): Promise<Answer> => {
  house.clock.now = at as House['clock']['now'];
  return house.directory.ask(requestOf(house, plan, serial, at));
};

/** How requests are played. */
export interface Playing {
  /** Only this guild's are asked; time goes on as with all. */
  readonly only?: GuildId | undefined;
  readonly tape?: Tape;
  /** Everything comes twice: what is due, what is asked. */
  readonly twice?: boolean;
}

/**
 * Plays requests one after another and gives their answers. Before each, what has come to be due falls and what was
 * published meanwhile is heard; what is to be done outside is done before the next.
 */
export const play = async (
  house: House,
  placed: readonly Placed[],
  { only, tape = [], twice = false }: Playing = {},
): Promise<readonly Answer[]> => {
  const answers: Answer[] = [];
  let before: number = 0;
  for (const one of placed) {
    house.clock.now = one.at as House['clock']['now'];
    playTape(house, tape, before, one.at);
    if (twice) playTape(house, tape, before, one.at);
    before = one.at;
    await fall(house);
    if (only !== undefined && one.plan.guild !== only) continue;
    if (twice) {
      house.directory.runDue(one.plan.guild);
      await house.directory.settled();
    }
    answers.push(await ask(house, one));
    if (twice) await ask(house, one);
  }
  await fall(house);
  return answers;
};

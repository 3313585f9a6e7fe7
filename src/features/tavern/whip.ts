import type { Mutation } from '../../kernel/context.ts';
import { extension } from '../../kernel/extension.ts';
import type { Command } from '../../kernel/feature.ts';
import { epochMs } from '../../kernel/ids.ts';
import { mutation } from '../../kernel/operation.ts';
import { options } from '../../kernel/option.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { seededRandom } from '../../kernel/random.ts';
import { booleanSetting } from '../../kernel/setting.ts';
import { colors, cooldownsOf, mention, relativeTime } from '../wallet/api.ts';
import { lines } from './lines.ts';
import { guests, turnKey, turns } from './state.ts';
import { whipCooldownMs } from './tuning.ts';

export const tavernEnabled = booleanSetting({
  key: 'tavern.enabled',
  describe: 'economy.setting.tavern-enabled',
  initial: true,
});

/** The numbers of all lines in the order of a seed, each order equally likely. */
export const orderOf = (seed: string): readonly number[] => {
  const random = seededRandom(Buffer.from(seed, 'hex'));
  const order = lines.map((_, line) => line);
  for (let place = order.length - 1; place > 0; place -= 1) {
    const other = random.int(place + 1);
    [order[place], order[other]] = [order[other] as number, order[place] as number];
  }
  return order;
};

const seedBytes = 16;
const newSeed = (m: Mutation): string =>
  Array.from({ length: seedBytes }, () => m.random.int(256).toString(16).padStart(2, '0')).join('');

/** A seed whose order does not begin with a line. */
const seedBeside = (m: Mutation, last: number | undefined): string => {
  let seed = newSeed(m);
  while (orderOf(seed)[0] === last) seed = newSeed(m);
  return seed;
};

/** The next line of the server: each is said once before any is said again, and none twice running. */
const nextLine = (m: Mutation): { readonly line: number; readonly said: number } => {
  const before = m.find(turns, turnKey);
  const isNew = before === undefined || before.said >= lines.length;
  const seed = isNew ? seedBeside(m, before?.last) : before.seed;
  const said = isNew ? 0 : before.said;
  const line = orderOf(seed)[said] ?? 0;
  m.put(turns, turnKey, { seed, said: said + 1, last: line });
  return { line, said: said + 1 };
};

/** `/tavern whip`: hurries the robot behind the bar, who has something to say to that. */
export const whip = mutation({
  name: 'tavern.whip',
  version: 1,
  input: options({}),
  run: (m) => {
    if (!m.setting(tavernEnabled)) return refuse('economy.tavern.off');
    const { member } = m.actor;
    const readyAt = (m.find(guests, [member])?.at ?? -Infinity) + whipCooldownMs;
    if (m.now < readyAt) return refuse('economy.tavern.cooldown', { at: relativeTime(readyAt) });
    m.put(guests, [member], { at: m.now });
    return done({ by: member, ...nextLine(m) });
  },
  view: ({ by, line, said }, text) => ({
    private: false,
    embeds: [
      {
        description: [
          text('economy.tavern.whipped', { member: mention(by) }),
          text('economy.tavern.line', { line: `n${line}` }),
        ].join('\n'),
        color: colors.gold,
        footer: text('economy.tavern.count', { said, all: lines.length, left: lines.length - said }),
      },
    ],
  }),
});

export const whipCommand: Command = {
  path: 'tavern whip',
  describe: 'economy.tavern.describe',
  operation: whip,
  visibility: 'public',
};

/** When the whip can be cracked again. */
export const whipCooldown = extension(cooldownsOf, (query, { member }) => {
  const guest = query.find(guests, [member]);
  if (guest === undefined || !query.setting(tavernEnabled)) return undefined;
  return [{ name: 'whip', title: 'economy.tavern.title', readyAt: epochMs(guest.at + whipCooldownMs) }] as const;
});

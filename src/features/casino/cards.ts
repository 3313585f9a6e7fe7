import { z } from 'zod';
import type { Query } from '../../kernel/context.ts';
import type { MemberId } from '../../kernel/ids.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Button, Field, Reply } from '../../kernel/reply.ts';
import { memberSchema } from '../../kernel/schemas.ts';
import type { Text } from '../../kernel/text.ts';
import { coinsField, colors, mention } from '../wallet/api.ts';
import type { FirstSeeds } from './bet.ts';
import type { Settled } from './settle.ts';

/** What every button of the casino carries: whose it is. */
export const ownerSchema = z.strictObject({ by: memberSchema });
/** The bet of a button that makes one. */
export const betSchema = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Why somebody else's button does nothing for the asker. */
export const refuseOther = (query: Query, by: MemberId): Outcome<never> | undefined =>
  by === query.actor.member ? undefined : refuse('economy.casino.not-yours', { member: mention(by) });

/** A button, not to be pressed by others, that plays. */
export const playButton = (label: string, id: string, style: Button['style'] = 'secondary'): Button => ({
  kind: 'button',
  label,
  style,
  customId: id,
});

/** The card of a member's first bet: what is committed to, and a button that makes the bet. */
export const firstReply = (first: FirstSeeds, id: string, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      title: text('economy.casino.first.title'),
      description: text('economy.casino.first.about'),
      color: colors.gold,
      fields: commitmentFields(first.commitment, text),
    },
  ],
  rows: [[playButton(text('economy.casino.first.play'), id, 'success')]],
});

/** The hashes and the client seed, as fields. */
export const commitmentFields = (
  { hash, nextHash, clientSeed }: FirstSeeds['commitment'],
  text: Text,
): readonly Field[] => [
  { name: text('core.fair.field.hash'), value: code(hash) },
  { name: text('core.fair.field.client-seed'), value: code(clientSeed) },
  { name: text('core.fair.field.next-hash'), value: code(nextHash) },
];

/** Text that is to be copied. */
export const code = (value: string): string => `\`${value}\``;

/** Bet, won, net, wallet and bank of a round that is over. */
export const settledFields = (settled: Settled, text: Text): readonly Field[] => [
  coinsField('economy.field.bet', settled.stake, text),
  coinsField('economy.field.won', settled.paid, text),
  {
    name: text('economy.field.net'),
    value: text('economy.casino.net', { coins: settled.paid + settled.extra - settled.stake }),
    inline: true,
  },
  ...(settled.extra > 0
    ? [
        coinsField(
          settled.paid > settled.stake ? 'economy.field.gear-bonus' : 'economy.field.insurance',
          settled.extra,
          text,
        ),
      ]
    : []),
  coinsField('economy.field.wallet', settled.wallet, text),
  coinsField('economy.field.bank', settled.bank, text),
  ...(settled.debtPaid > 0 ? [coinsField('economy.field.debt-paid', settled.debtPaid, text)] : []),
  ...(settled.unpaid > 0 ? [coinsField('economy.field.unpaid', settled.unpaid, text)] : []),
];

/** The colour of a result. */
export const resultColor = ({ paid, stake }: Pick<Settled, 'paid' | 'stake'>): number => {
  if (paid === stake) return colors.gold;
  return paid > stake ? colors.money : colors.loss;
};

/** The card of a round that is over. */
export const settledEmbed = (settled: Settled, lines: readonly string[], text: Text) => ({
  title: text(`economy.casino.${settled.game}.name`),
  description: lines.join('\n'),
  color: resultColor(settled),
  fields: settledFields(settled, text),
  ...(settled.round !== undefined && { footer: text('economy.casino.round', { round: settled.round }) }),
});

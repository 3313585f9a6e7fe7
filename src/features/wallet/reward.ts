import type { Mutation } from '../../kernel/context.ts';
import type { Coins, EpochMs } from '../../kernel/ids.ts';
import { coins } from '../../kernel/money.ts';
import { done, type Outcome } from '../../kernel/outcome.ts';
import type { Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { coinsField, colors, relativeTime } from './cards.ts';
import { serveIncome } from './debt.ts';
import type { EntryKind } from './entries.ts';
import { book } from './money.ts';
import { accounts } from './state.ts';

/** A reward that was claimed. */
export interface Claim {
  /** The reward without a bonus. */
  readonly base: Coins;
  /** What a streak added. */
  readonly bonus: Coins;
  /** Claims in a row; 0 where they do not count. */
  readonly streak: number;
  readonly debtPaid: Coins;
  /** What reached the wallet. */
  readonly kept: Coins;
  /** What is still owed. */
  readonly debt: Coins;
  readonly wallet: Coins;
  /** When the next one is ready. */
  readonly nextAt: EpochMs;
}

/** Mints a reward for the member who acts; debts are served first. The claim is noted in the account before. */
export const grantReward = (
  m: Mutation,
  reward: Pick<Claim, 'base' | 'bonus' | 'streak' | 'nextAt'>,
  entry: EntryKind,
): Outcome<Claim> => {
  const { member } = m.actor;
  const total = coins(reward.base + reward.bonus);
  const { booking, debtPaid, kept } = serveIncome(m, member, { coins: total, entry });
  const refused = book(m, { ...booking, minted: total });
  if (refused) return refused;
  const { wallet, debt } = m.get(accounts, [member]);
  return done({ ...reward, debtPaid, kept, debt, wallet });
};

/** The card of a claimed reward. */
export const rewardCard = (reward: 'daily' | 'weekly', claim: Claim, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      title: text(`economy.${reward}.title`),
      description: [
        text('economy.reward.received', { coins: claim.base + claim.bonus }),
        ...(claim.bonus > 0 ? [text('economy.reward.bonus', { coins: claim.bonus, days: claim.streak })] : []),
        ...(claim.debtPaid > 0 ? [text('economy.reward.debt', { paid: claim.debtPaid, kept: claim.kept })] : []),
        text('economy.reward.next', { at: relativeTime(claim.nextAt) }),
      ].join('\n'),
      color: claim.debtPaid > 0 ? colors.gold : colors.money,
      fields: [
        coinsField('economy.field.base', claim.base, text),
        coinsField('economy.field.wallet', claim.wallet, text),
        ...(claim.debt > 0 ? [coinsField('economy.field.debt', claim.debt, text)] : []),
      ],
    },
  ],
});

import type { Mutation } from '../../kernel/context.ts';
import type { Coins, Dotted, EpochMs } from '../../kernel/ids.ts';
import { coins, noCoins, shareOf } from '../../kernel/money.ts';
import { done, type Outcome } from '../../kernel/outcome.ts';
import type { Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { coinsField, colors, relativeTime } from './cards.ts';
import { serveIncome } from './debt.ts';
import { entries } from './entries.ts';
import { book } from './money.ts';
import { type Reward, type RewardBonus, rewardBonuses, rewardGranted } from './points.ts';
import { accounts } from './state.ts';

/** A reward that was claimed. */
export interface Claim {
  /** The reward without a bonus. */
  readonly base: Coins;
  /** What a streak added. */
  readonly bonus: Coins;
  /** Claims in a row; 0 where they do not count. */
  readonly streak: number;
  /** What the bonuses of other features added, and the words of each. */
  readonly extra: Coins;
  readonly extras: readonly Dotted[];
  readonly debtPaid: Coins;
  /** What reached the wallet. */
  readonly kept: Coins;
  /** What is still owed. */
  readonly debt: Coins;
  readonly wallet: Coins;
  /** When the next one is ready. */
  readonly nextAt: EpochMs;
}

/**
 * What bonuses add to a reward: the sum of their shares, rounded down once. One that would pass its own limit adds the
 * limit instead.
 */
export const bonusOver = (base: Coins, bonuses: readonly Pick<RewardBonus, 'share' | 'most'>[]): Coins => {
  let share = 0;
  let limited = noCoins;
  for (const bonus of bonuses) {
    if (bonus.most !== undefined && shareOf(base, bonus.share) > bonus.most) limited = coins(limited + bonus.most);
    else share += bonus.share;
  }
  return coins(shareOf(base, share) + limited);
};

/** Mints a reward for the member who acts; debts are served first. The claim is noted in the account before. */
export const grantReward = (
  m: Mutation,
  reward: Reward,
  claim: Pick<Claim, 'base' | 'bonus' | 'streak' | 'nextAt'>,
): Outcome<Claim> => {
  const { member } = m.actor;
  const bonuses = m.extensions(rewardBonuses, { member, reward }).flat();
  const extra = bonusOver(claim.base, bonuses);
  const total = coins(claim.base + claim.bonus + extra);
  const { booking, debtPaid, kept } = serveIncome(m, member, { coins: total, entry: entries[reward] });
  const refused = book(m, { ...booking, minted: total });
  if (refused) return refused;
  m.emit(rewardGranted, { member, reward });
  const { wallet, debt } = m.get(accounts, [member]);
  return done({ ...claim, extra, extras: bonuses.map(({ label }) => label), debtPaid, kept, debt, wallet });
};

/** The card of a claimed reward. */
export const rewardCard = (reward: Reward, claim: Claim, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      title: text(`economy.${reward}.title`),
      description: [
        text('economy.reward.received', { coins: claim.base + claim.bonus + claim.extra }),
        ...(claim.bonus > 0 ? [text('economy.reward.bonus', { coins: claim.bonus, days: claim.streak })] : []),
        ...(claim.extra > 0
          ? [
              text('economy.reward.extra', {
                coins: claim.extra,
                from: claim.extras.map((one) => text(one)).join(', '),
              }),
            ]
          : []),
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

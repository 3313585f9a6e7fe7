import { assert } from '../../kernel/assert.ts';
import type { Mutation } from '../../kernel/context.ts';
import type { Coins, MemberId } from '../../kernel/ids.ts';
import { coins, coinsMax, leastCoins, noCoins, shareOf } from '../../kernel/money.ts';
import { book, give, moneyOf, serveIncome, utcDay } from '../wallet/api.ts';
import { cutBack, edgeOf, wantedEffects } from './edge.ts';
import { extraEntries } from './entries.ts';
import type { Play } from './fairness/rounds.ts';
import { gameEffects } from './points.ts';
import { gearBonusMax } from './settings.ts';
import { players } from './state.ts';

/** What effects may still add for a member today: a server lets them add so much a UTC day. */
const leftToday = (m: Mutation, member: MemberId): Coins => {
  const most = m.setting(gearBonusMax);
  if (most === 0) return coinsMax;
  const { gear } = m.get(players, [member]);
  return coins(Math.max(0, most - (gear?.date === utcDay(m.now) ? gear.used : 0)));
};

const countUsed = (m: Mutation, member: MemberId, extra: Coins): void => {
  const player = m.get(players, [member]);
  const date = utcDay(m.now);
  const used = player.gear?.date === date ? player.gear.used : 0;
  m.put(players, [member], { ...player, gear: { date, used: coins(Math.min(used + extra, coinsMax)) } });
};

/**
 * Pays what a member's things add to a round that was just paid: a share of its profit, which serves debts as the profit
 * did, or of its lost stake, which does not. Gives the coins. Nothing is paid beyond the day's budget and the wallet.
 */
export const payExtra = (
  m: Mutation,
  member: MemberId,
  { play, stake, paid }: { readonly play: Play; readonly stake: Coins; readonly paid: Coins },
): Coins => {
  if (paid === stake) return noCoins;
  const effects = m.extensions(gameEffects, { member, game: play.game }).flat();
  if (effects.length === 0) return noCoins;
  const { profit, insurance } = cutBack(edgeOf(play), wantedEffects(effects));
  const won = paid > stake;
  const wanted = won ? shareOf(coins(paid - stake), profit) : shareOf(coins(stake - paid), insurance);
  const room = coins(coinsMax - moneyOf(m, member).wallet);
  const extra = leastCoins(leastCoins(wanted, leftToday(m, member)), room);
  if (extra === 0) return noCoins;
  const entry = won ? extraEntries.bonus : extraEntries.insurance;
  const { postings, burned } = won
    ? serveIncome(m, member, { coins: extra, entry }).booking
    : { postings: [give(member, 'wallet', extra, { entry })], burned: noCoins };
  const refused = book(m, { postings, burned, minted: extra });
  assert(refused === undefined, 'what is added has room');
  countUsed(m, member, extra);
  return extra;
};

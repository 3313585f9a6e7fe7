import type { Query } from '../../kernel/context.ts';
import type { Coins, RowId } from '../../kernel/ids.ts';
import { coins, coinsMax, leastCoins, shareOf, shareUnits } from '../../kernel/money.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import { guildZone } from '../../kernel/setting.ts';
import { findClan, isLocked, membershipOf, ownerOf, plansFor, treasuryOf } from '../clans/api.ts';
import { heistModifiersOf } from '../items/api.ts';
import { mention, refuseAtRest } from '../wallet/api.ts';
import { heldAt, heldLately } from './notes.ts';
import { amountOf, difficultyOf, type Gear } from './rules.ts';
import { heistsEnabled, maxShare, penaltyShare } from './settings.ts';
import { heistRows, records } from './state.ts';
import { daysToSunday, localTime } from './sunday.ts';
import { amountMin, openMax, ownShare, targetMin } from './tuning.ts';

/** What the attackers must have themselves for an amount, rounded up. */
const ownNeeded = (amount: Coins): Coins =>
  coins(Number((BigInt(amount) * BigInt(ownShare) + BigInt(shareUnits - 1)) / BigInt(shareUnits)));

/** A heist as it would be now. */
export interface Plan {
  readonly attacker: RowId;
  readonly attackerName: string;
  readonly target: RowId;
  readonly targetName: string;
  readonly targetLocked: boolean;
  readonly treasury: Coins;
  readonly amount: Coins;
  readonly penalty: Coins;
  readonly difficulty: number;
  readonly gear: Gear;
}

/** Today by the server's own calendar. */
export const today = (query: Query): string => localTime(query.setting(guildZone), query.now).date;

/** The clan for which who acts may plan a heist now; `own` is one that it plans already. */
const plannersClan = (q: Query, own?: RowId): { readonly clan: RowId; readonly name: string } | Outcome<never> => {
  const { member } = q.actor;
  if (!q.setting(heistsEnabled)) return refuse('economy.heist.off');
  const rest = refuseAtRest(q);
  if (rest) return rest;
  const days = daysToSunday(q.setting(guildZone), q.now);
  if (days > 0) return refuse('economy.heist.not-sunday', { days });
  const membership = membershipOf(q, member);
  const of = membership && findClan(q, membership.clan);
  if (membership === undefined || of === undefined) return refuse('economy.heist.no-guild');
  const clan = plansFor(q, member);
  if (clan === undefined) {
    const owner = ownerOf(q, membership.clan);
    return refuse('economy.heist.not-owner', { owner: owner === undefined ? '' : mention(owner) });
  }
  const { open, tried } = q.get(records, [clan]);
  if (open !== undefined && open !== own) return refuse('economy.heist.open');
  if (tried === today(q)) return refuse('economy.heist.tried');
  return { clan, name: of.name };
};

/** What others' heists may still take of a treasury today, all together. */
export const mostToday = (q: Query, target: RowId, treasury: Coins): Coins => {
  const date = today(q);
  const { lost } = q.get(records, [target]);
  const lostToday = lost?.date === date ? lost.coins : 0;
  const dayBegan = q.now - localTime(q.setting(guildZone), q.now).msOfDay;
  const opening = heldAt(q, target, dayBegan) ?? coins(Math.min(treasury + lostToday, coinsMax));
  return coins(Math.max(0, shareOf(opening, q.setting(maxShare)) - lostToday));
};

/**
 * What a heist would be after, `named` coins or what is usual where that is 0; refused where it cannot be. `lobby` is
 * the heist itself, where it is planned already.
 */
export const planOf = (q: Query, target: RowId | undefined, named: number, lobby?: RowId): Plan | Outcome<never> => {
  const own = plannersClan(q, lobby);
  if (!('clan' in own)) return own;
  const of = target && findClan(q, target);
  if (target === undefined || of === undefined) return refuse('economy.heist.unknown');
  if (target === own.clan) return refuse('economy.heist.own');
  const treasury = treasuryOf(q, target);
  if (treasury < targetMin) return refuse('economy.heist.poor', { least: targetMin, treasury });
  const left = mostToday(q, target, treasury);
  if (left < amountMin) return refuse('economy.heist.drained');
  const most = leastCoins(left, shareOf(treasury, q.setting(maxShare)));
  const amount = amountOf(named, treasury, most);
  if (amount === undefined) return refuse('economy.heist.small', { least: amountMin });
  const need = ownNeeded(amount);
  const held = heldLately(q, own.clan);
  if (held < need) return refuse('economy.heist.thin', { need, held, amount });
  if (q.count(heistRows) >= openMax) return refuse('economy.heist.many');
  const gear = heistModifiersOf(q, q.actor.member).sum;
  return {
    attacker: own.clan,
    attackerName: own.name,
    target,
    targetName: of.name,
    targetLocked: isLocked(q, of),
    treasury,
    amount,
    penalty: shareOf(amount, q.setting(penaltyShare)),
    difficulty: difficultyOf(amount, treasury, gear),
    gear,
  };
};

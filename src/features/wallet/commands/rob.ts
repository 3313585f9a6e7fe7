import type { Command } from '../../../kernel/feature.ts';
import { coins, shareUnits } from '../../../kernel/money.ts';
import { mutation } from '../../../kernel/operation.ts';
import { memberOption, options } from '../../../kernel/option.ts';
import { begin } from '../account.ts';
import { robReply } from '../rob-card.ts';
import {
  partiesOf,
  payFine,
  refuseCeiling,
  refuseNow,
  refuseTarget,
  robFigures,
  robOdds,
  standOff,
  steal,
} from '../robbery.ts';
import { attemptRob, robAverage, robSpan } from '../rules.ts';
import { robCooldownMinutes, robMinWallet, robProtectMinutes } from '../settings.ts';
import { accounts } from '../state.ts';

/** Tries to take coins out of somebody's wallet. Every attempt starts the cooldown, whether it succeeds or not. */
export const rob = mutation({
  name: 'economy.rob',
  version: 1,
  input: options({ member: memberOption({ describe: 'economy.rob.member' }) }),
  run: (m, { member: target }) => {
    const refusedTarget = refuseTarget(m, target);
    if (refusedTarget) return refusedTarget;
    const robber = begin(m);
    const parties = partiesOf(m, robber, target.id);
    const refused = refuseNow(m, parties) ?? refuseCeiling(m, target.id, parties);
    if (refused) return refused;
    m.put(accounts, [m.actor.member], { ...robber, activeAt: m.now, robTriedAt: m.now });
    const odds = robOdds(m, target.id);
    if (odds.blocked) return standOff(m, target.id, odds);
    const result = attemptRob(m.random, parties.reach, odds.figures);
    return result.succeeded ? steal(m, target.id, odds, result.coins) : payFine(m, target.id, odds, result.coins);
  },
  view: (report, text) => robReply(report, text),
});

/** The wallet that `/help` reckons an attempt with. */
const exampleWallet = coins(1_000);

const percent = (units: number): number => (units * 100) / shareUnits;

export const robCommand: Command = {
  path: 'rob',
  describe: 'economy.rob.describe',
  operation: rob,
  visibility: 'public',
  explain: {
    text: 'economy.rob.explain',
    figures: (query) => {
      const figures = robFigures(query);
      return {
        chance: percent(figures.success),
        share: percent(figures.maxSteal),
        fine: percent(figures.fine),
        minutes: query.setting(robCooldownMinutes),
        wallet: query.setting(robMinWallet),
        protect: query.setting(robProtectMinutes),
        example: exampleWallet,
        ...robSpan(exampleWallet, figures),
        average: robAverage(exampleWallet, figures),
      };
    },
  },
};

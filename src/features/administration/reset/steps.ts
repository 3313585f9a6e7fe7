import { z } from 'zod';
import type { Mutation } from '../../../kernel/context.ts';
import { reaction } from '../../../kernel/event.ts';
import { epochMs, type MemberId } from '../../../kernel/ids.ts';
import { type Operation, task } from '../../../kernel/operation.ts';
import { done } from '../../../kernel/outcome.ts';
import { accountOf, countMovedRows, economyFrozen, economyReturned, setBanned } from '../../wallet/api.ts';
import { ownText, setText } from '../change-setting.ts';
import { entries } from '../entries.ts';
import { bans } from '../state.ts';
import { resetKeptMs, resetStepRows } from '../tuning.ts';
import { clearKept, dropRow, keepIn, type ResetScope, returnRows, takeRows, takeTimers } from './rows.ts';
import { type KeptRows, putReset, type Reset, resetOf, type Stage } from './state.ts';
import { resetUndone } from './undo.ts';

const nothing = z.strictObject({});
const stepKey = 'step';

/** The stage that follows one that has nothing left to do. */
const nextStage: Partial<Record<Stage, Stage>> = {
  clearing: 'pausing',
  pausing: 'moving',
  moving: 'banning',
  banning: 'kept',
  stopping: 'wiping',
  wiping: 'returning',
  returning: 'none',
  expiring: 'none',
};

/** Whoever was banned is so in the new account as well. */
const syncBan = (m: Mutation, member: MemberId): void => {
  const at = m.find(bans, [member])?.at;
  const account = accountOf(m, member);
  if (account?.bannedAt !== at) setBanned(m, member, at);
};

/** What moves the rows of a reset, a step at a time: others get their turn between. */
export const createSteps = (scope: () => ResetScope, kept: KeptRows) => {
  /** All at once: there are few. */
  const ban = (m: Mutation): number => {
    let after: readonly [MemberId] | undefined;
    do {
      const page = m.page(bans, { after, limit: resetStepRows });
      for (const [[member]] of page) syncBan(m, member);
      after = page.length < resetStepRows ? undefined : page.at(-1)?.[0];
    } while (after !== undefined);
    return 0;
  };

  const work = (m: Mutation, reset: Reset): number => {
    switch (reset.stage) {
      case 'clearing':
      case 'expiring':
        return clearKept(m, kept);
      case 'pausing':
        return takeTimers(m, scope(), keepIn(m, kept));
      case 'moving':
        return takeRows(m, scope(), keepIn(m, kept));
      case 'banning':
        return ban(m);
      case 'stopping':
        return takeTimers(m, scope(), dropRow);
      case 'wiping':
        return takeRows(m, scope(), dropRow);
      case 'returning':
        return returnRows(m, scope(), kept, (member) => syncBan(m, member));
      case 'none':
      case 'kept':
        return 0;
    }
  };

  /** What a stage ends with. */
  const enter = (m: Mutation, reset: Reset, stage: Stage): void => {
    const returned = reset.stage === 'returning' && stage === 'none';
    const thawed = stage === 'kept' || returned;
    if (returned) m.emit(economyReturned, {});
    if (thawed) setText(m, economyFrozen.key, reset.frozenText);
    const { until: _, ...rest } = reset;
    const until = epochMs(m.now + resetKeptMs);
    putReset(m, { ...rest, stage, rows: 0, ...(stage === 'kept' && { until }) });
    if (stage === 'kept') m.wake(expire, stepKey, until, {});
    else if (stage !== 'none') m.wake(step, stepKey, m.now, {});
  };

  const step: Operation<Record<string, never>> = task({
    name: 'economy.staff.reset-step',
    version: 1,
    input: nothing,
    run: (m) => {
      const reset = resetOf(m);
      const rows = work(m, reset);
      countMovedRows(m, entries.reset);
      if (rows > 0) {
        const taken = reset.stage === 'pausing' || reset.stage === 'moving' ? rows : 0;
        putReset(m, { ...reset, rows: reset.rows + rows, taken: reset.taken + taken });
        m.wake(step, stepKey, m.now, {});
      } else {
        const next = nextStage[reset.stage];
        if (next !== undefined) enter(m, reset, next);
      }
      return done();
    },
  });

  const expire: Operation<Record<string, never>> = task({
    name: 'economy.staff.reset-expire',
    version: 1,
    input: nothing,
    run: (m) => {
      const reset = resetOf(m);
      if (reset.stage === 'kept') enter(m, reset, 'expiring');
      return done();
    },
  });

  /** Freezes the economy until the reset thaws it. */
  const hold = (m: Mutation): Pick<Reset, 'frozenText'> => {
    const frozenText = ownText(m, economyFrozen.key);
    setText(m, economyFrozen.key, economyFrozen.show(true));
    m.cancel(expire, stepKey);
    return frozenText === undefined ? {} : { frozenText };
  };

  return {
    operations: [step, expire],
    /** Has the economy begin anew; gives the number of the reset. */
    begin: (m: Mutation): number => {
      const number = resetOf(m).number + 1;
      enter(m, { number, stage: 'none', at: m.now, rows: 0, taken: 0, ...hold(m) }, 'clearing');
      return number;
    },
    /** Brings back what the last reset took; what came since goes. */
    putBack: reaction(resetUndone, (m) => {
      const { frozenText: _, ...reset } = resetOf(m);
      enter(m, { ...reset, ...hold(m) }, 'stopping');
      return done();
    }),
  };
};
export type Steps = ReturnType<typeof createSteps>;

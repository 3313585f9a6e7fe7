import type { Mutation, Query } from '../../kernel/context.ts';
import type { Dotted, MemberId, RowId } from '../../kernel/ids.ts';
import { type Outcome, refuse, type TextArguments } from '../../kernel/outcome.ts';
import type { Text } from '../../kernel/text.ts';
import { type LootTable, lootTableOf, lootTables, setLootTable } from '../chests/api.ts';
import { findClan, shownName } from '../clans/api.ts';
import { countOf, giveItem, itemCountMax, takeItem } from '../items/api.ts';
import { type Corrections, correct, economyFrozen, mention, planCorrections } from '../wallet/api.ts';
import { banMember, unbanMember } from './ban.ts';
import { ownText, setText } from './change-setting.ts';
import { entries } from './entries.ts';
import { isResetting, resetOf } from './reset/state.ts';
import { blockedReset, resetUndone } from './reset/undo.ts';
import { type Action, bans, type Deed } from './state.ts';

/** Members that a preview lists. */
const membersShown = 10;

interface Line {
  readonly key: Dotted;
  readonly args: TextArguments;
}

/** What undoing would do: what changes, line by line, and what stands in its way. */
export interface Effect {
  readonly lines: readonly Line[];
  readonly blocked?: Line | undefined;
}

/** An effect in words. */
export const effectLines = ({ lines, blocked }: Effect, text: Text): readonly string[] => [
  ...lines.map(({ key, args }) => text(key, args)),
  ...(blocked ? [text(blocked.key, blocked.args)] : []),
];

/** The guild whose treasury a vault is; nothing where it is the house's. */
const guildOf = (q: Query, vault: RowId | undefined): string | undefined => {
  const clan = vault && findClan(q, vault);
  return clan && shownName(clan.name);
};

/** To whom something is owed, for words. */
const creditorArguments = (q: Query, creditor: MemberId | undefined, vault: RowId | undefined): TextArguments => {
  if (creditor !== undefined) return { to: 'member', creditor: mention(creditor), guild: '' };
  const guild = guildOf(q, vault);
  return { to: guild === undefined ? 'house' : 'guild', creditor: '', guild: guild ?? '' };
};

/** What corrections would do now, with the first thing that stands in their way. */
export const effectOfCorrections = (q: Query, corrections: Corrections): Effect => {
  const { purses, debts, vaults, blocked } = planCorrections(q, corrections);
  const lines: Line[] = purses.slice(0, membersShown).map(({ member, before, after }) => ({
    key: 'economy.staff.undo.coins',
    args: {
      member: mention(member),
      wallet: before.wallet,
      bank: before.bank,
      walletAfter: Math.max(0, after.wallet),
      bankAfter: Math.max(0, after.bank),
    },
  }));
  for (const { member, creditor, vault, before, after } of debts.slice(0, membersShown)) {
    const args = { member: mention(member), before, after: Math.max(0, after) };
    lines.push({ key: 'economy.staff.undo.debt', args: { ...args, ...creditorArguments(q, creditor, vault) } });
  }
  for (const { vault, before, after } of vaults.slice(0, membersShown)) {
    const guild = guildOf(q, vault);
    const args = { of: guild === undefined ? 'house' : 'guild', guild: guild ?? '', before, after: Math.max(0, after) };
    lines.push({ key: 'economy.staff.undo.vault', args });
  }
  const left = [purses, debts, vaults].reduce((sum, { length }) => sum + Math.max(0, length - membersShown), 0);
  if (left > 0) lines.push({ key: 'economy.staff.undo.more', args: { count: left } });
  return blocked ? { lines, blocked } : { lines };
};

const turned = <T extends { readonly change: number }>(changes: readonly T[]): readonly T[] =>
  changes.map((one) => ({ ...one, change: 0 - one.change }));

const reversed = ({ corrections, debts = [], vaults = [] }: DeedOf<'coins'>): Corrections => ({
  purses: corrections.map(({ member, wallet, bank }) => ({ member, wallet: 0 - wallet, bank: 0 - bank })),
  debts: turned(debts),
  vaults: turned(vaults),
});

interface Undoer<D> {
  readonly preview: (q: Query, deed: D, action: Action) => Effect;
  readonly undo: (m: Mutation, deed: D, action: Action) => void | Outcome<never> | undefined;
}

type DeedOf<K extends Deed['kind']> = Extract<Deed, { readonly kind: K }>;

const changed: Line = { key: 'economy.staff.undo.changed', args: {} };

const coinsUndoer: Undoer<DeedOf<'coins'>> = {
  preview: (q, deed) => effectOfCorrections(q, reversed(deed)),
  undo: (m, deed) => correct(m, reversed(deed), entries.undoing),
};

const settingUndoer: Undoer<DeedOf<'setting'>> = {
  preview: (q, { key, after, before = '' }) => ({
    lines: [{ key: 'economy.staff.undo.setting', args: { key, after, before, own: String(before !== '') } }],
    ...(ownText(q, key) !== after && { blocked: changed }),
    ...(key === economyFrozen.key && isResetting(q) && { blocked: { key: 'economy.staff.reset.running', args: {} } }),
  }),
  undo: (m, { key, before }) => setText(m, key, before),
};

const banUndoer: Undoer<DeedOf<'ban'>> = {
  preview: (q, { lifted }, { target }) => {
    const banned = target !== undefined && q.find(bans, [target]) !== undefined;
    return {
      lines: [{ key: lifted ? 'economy.staff.undo.ban' : 'economy.staff.undo.unban', args: {} }],
      ...(banned === lifted && { blocked: changed }),
    };
  },
  undo: (m, { lifted, ban }, { target }) => {
    if (target === undefined) return;
    if (lifted) banMember(m, target, ban);
    else unbanMember(m, target);
  },
};

const itemsUndoer: Undoer<DeedOf<'items'>> = {
  preview: (q, { item, count }, { target }) => {
    const now = target === undefined ? 0 : countOf(q, target, item);
    const line: Line = { key: 'economy.staff.undo.items', args: { item, now, after: Math.max(0, now - count) } };
    const isGone = target === undefined || now < count || now - count > itemCountMax;
    return { lines: [line], ...(isGone && { blocked: { key: 'economy.staff.undo.items-gone', args: { now } } }) };
  },
  undo: (m, { item, count }, { target }) => {
    if (target === undefined) return undefined;
    if (count < 0) return giveItem(m, target, item, 0 - count);
    takeItem(m, target, item, count);
    return undefined;
  },
};

const lootUndoer: Undoer<DeedOf<'loot'>> = {
  preview: (q, { tier, after }) => {
    const now = lootTableOf(q, tier);
    const isChanged = (Object.keys(after) as (keyof LootTable)[]).some((part) => now[part] !== after[part]);
    return { lines: [{ key: 'economy.staff.undo.loot', args: {} }], ...(isChanged && { blocked: changed }) };
  },
  undo: (m, { tier, before }) => {
    const builtIn = lootTables[tier];
    const isBuiltIn = (Object.keys(builtIn) as (keyof LootTable)[]).every((part) => builtIn[part] === before[part]);
    setLootTable(m, tier, isBuiltIn ? undefined : before);
  },
};

const resetUndoer: Undoer<DeedOf<'reset'>> = {
  preview: (q, { number }) => {
    const blocked = blockedReset(q, number);
    return {
      lines: [{ key: 'economy.staff.undo.reset', args: { rows: resetOf(q).taken } }],
      ...(blocked && { blocked: { key: blocked, args: {} } }),
    };
  },
  undo: (m) => m.emit(resetUndone, {}),
};

/** What cannot be undone is refused before it comes here. */
const neverUndoer: Undoer<unknown> = {
  preview: () => ({ lines: [], blocked: { key: 'economy.staff.undo.never', args: {} } }),
  undo: () => refuse('economy.staff.undo.never'),
};

const undoerOf = (deed: Deed): Undoer<never> => {
  switch (deed.kind) {
    case 'coins':
      return coinsUndoer;
    case 'setting':
      return settingUndoer;
    case 'ban':
      return banUndoer;
    case 'reset':
      return resetUndoer;
    case 'items':
      return itemsUndoer;
    case 'loot':
      return lootUndoer;
    case 'season':
    case 'undo':
      return neverUndoer;
  }
};

/** How actions are undone, by what they were. */
export const undoers = {
  /** What undoing an action would do now. */
  preview: (q: Query, action: Action): Effect => undoerOf(action.deed).preview(q, action.deed as never, action),
  /** Undoes an action; gives the refusal where something stands in the way. */
  undo: (m: Mutation, action: Action): Outcome<never> | undefined => {
    const undoer = undoerOf(action.deed);
    const { blocked } = undoer.preview(m, action.deed as never, action);
    if (blocked) return refuse(blocked.key, blocked.args);
    return undoer.undo(m, action.deed as never, action) ?? undefined;
  },
};

import { customId } from '../../kernel/component.ts';
import type { Query } from '../../kernel/context.ts';
import type { MemberId, RowId } from '../../kernel/ids.ts';
import type { Operation } from '../../kernel/operation.ts';
import { type Outcome, refuse, type TextArguments } from '../../kernel/outcome.ts';
import type { Button, Field } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { coinsField, mention } from '../wallet/api.ts';
import { findClan, isLocked, ownerOf, placeOfClan, treasuryOf } from './clan.ts';
import { interestArguments } from './interest.ts';
import { levyArguments } from './levy.ts';
import { shownName } from './name.ts';
import { perkArguments, perksOf } from './perks.ts';
import { membersMax } from './settings.ts';

/** What everybody may see of a clan. */
export interface ClanLook {
  readonly clan: RowId;
  readonly name: string;
  readonly owner: MemberId | undefined;
  readonly members: number;
  readonly most: number;
  readonly treasury: number;
  readonly createdAt: number;
  readonly locked: boolean;
  readonly open: boolean;
  /** The place by treasury, 1 the first. */
  readonly place: number;
  /** What its members have of its place, where the server wants that and it is among the first. */
  readonly perks: TextArguments | undefined;
  /** The figures of interest and levy. */
  readonly figures: TextArguments;
}

/** Looks at a clan; refused where it was disbanded. */
export const lookAtClan = (query: Query, clan: RowId): ClanLook | Outcome<never> => {
  const of = findClan(query, clan);
  if (of === undefined) return refuse('economy.clan.gone');
  const perks = perksOf(query, clan);
  return {
    clan,
    name: of.name,
    owner: ownerOf(query, clan),
    members: of.members,
    most: query.setting(membersMax),
    treasury: treasuryOf(query, clan),
    createdAt: of.createdAt,
    locked: isLocked(query, of),
    open: of.open,
    place: (placeOfClan(query, clan) ?? 0) + 1,
    perks: perks && perkArguments(perks),
    figures: { ...interestArguments(query), ...levyArguments(query) },
  };
};

/** A field that stands beside others. */
export const inline = (name: `economy.field.${string}`, value: string, text: Text): Field => ({
  name: text(name),
  value,
  inline: true,
});

/** Who owns a clan, as words. */
export const ownerText = (owner: MemberId | undefined, text: Text): string =>
  owner === undefined ? text('economy.somebody') : mention(owner);

/** The fields that each card of a clan has. */
export const clanFields = (look: ClanLook, text: Text): readonly Field[] => [
  coinsField('economy.field.clan-treasury', look.treasury, text),
  inline('economy.field.clan-members', text('economy.clan.of-most', { members: look.members, most: look.most }), text),
  inline('economy.field.clan-owner', ownerText(look.owner, text), text),
];

/** What being in a clan brings, and what it costs on Saturdays, in words. */
export const benefitsText = (
  { figures, locked, perks }: Pick<ClanLook, 'figures' | 'locked' | 'perks'>,
  text: Text,
): string =>
  [
    text('economy.clan.benefits', figures),
    ...(perks ? [text('economy.clan.perks', perks)] : []),
    ...(locked ? [text('economy.clan.is-locked')] : []),
  ].join('\n');

/** A clan's name as the title of a card. */
export const clanTitle = (name: string): string => shownName(name);

/** A button that leads to an operation. */
export const button = <I>(
  label: string,
  style: Button['style'],
  [operation, input]: readonly [Operation<I>, Readonly<Record<string, string | number>>],
  disabled = false,
): Button => ({
  kind: 'button',
  label,
  style,
  customId: customId(operation, input),
  ...(disabled && { disabled }),
});

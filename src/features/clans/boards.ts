import type { Board } from '../../kernel/board.ts';
import { extension } from '../../kernel/extension.ts';
import { profileSection } from '../../kernel/profile.ts';
import { guildMoneyOf, type Statistic, statisticsOf, statusFigures } from '../wallet/api.ts';
import { inline } from './cards.ts';
import { findClan, membershipOf, placeOfClan, topClans } from './clan.ts';
import { shownName } from './name.ts';
import { clans } from './state.ts';

/** Clans by their treasuries. A member's place is that of their clan. */
export const clanBoard: Board = {
  name: 'guilds',
  title: 'economy.board.guilds',
  line: 'economy.board.line',
  standings: (query, from, limit) =>
    topClans(query, from, limit).flatMap(({ name, treasury, owner }) =>
      owner === undefined ? [] : [{ member: owner, shown: shownName(name), score: treasury }],
    ),
  placeOf: (query, member) => {
    const membership = membershipOf(query, member);
    return membership && placeOfClan(query, membership.clan);
  },
};

/** What `/profile` shows of a member's clan. */
export const clanSection = profileSection({
  name: 'guild',
  order: 400,
  title: 'economy.clan.profile.title',
  read: (query, member) => {
    const membership = membershipOf(query, member);
    const of = membership && findClan(query, membership.clan);
    return membership && of && { name: of.name, role: membership.role };
  },
  view: ({ name, role }, text) => ({
    fields: [
      inline('economy.field.clan-name', shownName(name), text),
      inline('economy.field.clan-role', text(`economy.clan.role.${role}`), text),
    ],
  }),
});

/** What `/stats` tells of a member's clan. */
export const clanStatistics = extension(statisticsOf, (query, { member }): readonly Statistic[] | undefined => {
  const membership = membershipOf(query, member);
  const of = membership && findClan(query, membership.clan);
  return (
    of && [{ title: 'economy.field.clan-name', text: 'economy.clan.shown-name', args: { name: shownName(of.name) } }]
  );
});

/** What `/eco status` tells of all clans. */
export const clanStatus = extension(statusFigures, (query): readonly Statistic[] => [
  {
    title: 'economy.clan.status.title',
    text: 'economy.clan.status.text',
    args: { count: query.count(clans), coins: guildMoneyOf(query).inTreasuries },
  },
]);

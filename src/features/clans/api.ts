// What other features may use of in-game guilds. A clan is named by its id, which is its treasury's vault as well.
export {
  clanNamed,
  completeClans,
  findClan,
  isLocked,
  membershipOf,
  membersOf,
  ownerOf,
  plansFor,
  topClans,
  treasuryOf,
} from './clan.ts';
export { unlock } from './levy.ts';
export { clanEnding } from './membership.ts';
export { shownName } from './name.ts';
export { clanIdSchema, clans as clanRows } from './state.ts';
export { giveTreasury, takeTreasury } from './treasury.ts';

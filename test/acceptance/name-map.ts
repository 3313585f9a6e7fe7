// The table of names 1.0 of the economy pack's specification: every old name, and what it is called here.

/** Old names and the commands that stand for them. */
export const nameMap: readonly (readonly [old: string, path: string])[] = [
  ['balance', 'balance'],
  ['daily', 'daily'],
  ['weekly', 'weekly'],
  ['bank', 'bank open'],
  ['bank', 'bank deposit'],
  ['bank', 'bank withdraw'],
  ['bank', 'bank history'],
  ['pay', 'pay'],
  ['request', 'request'],
  ['rob', 'rob'],
  ['profile', 'profile'],
  ['casino', 'casino hub'],
  ['slots', 'casino slots'],
  ['coinflip', 'casino coinflip'],
  ['blackjack', 'casino blackjack'],
  ['roulette', 'casino roulette'],
  ['crash', 'casino crash'],
  ['ratrace', 'ratrace'],
  ['shop', 'shop'],
  ['inventory', 'inventory'],
  ['useitem', 'item use'],
  ['equip', 'item equip'],
  ['unequip', 'item unequip'],
  ['openchest', 'item open'],
  ['stocks', 'stocks market'],
  ['buystock', 'stocks buy'],
  ['sellstock', 'stocks sell'],
  ['portfolio', 'stocks portfolio'],
  ['setchestcooldown', 'eco chest-cooldown'],
  ['setdaily', 'eco set-daily'],
  ['setweekly', 'eco set-weekly'],
  ['economy_status', 'eco status'],
  ['guild_create', 'guild create'],
  ['guild_join', 'guild join'],
  ['guild_leave', 'guild leave'],
  ['guild_bank', 'guild bank'],
  ['guild_members', 'guild members'],
  ['guild_top', 'guild top'],
  ['guild_info', 'guild info'],
  ['guild_invite', 'guild invite'],
  ['guild_transfer', 'guild transfer'],
  ['gshare', 'guild shares'],
  ['heist', 'heist plan'],
  ['creditlimit', 'loan limit'],
  ['takeloan', 'loan take'],
  ['payloan', 'loan pay'],
  ['loanstatus', 'loan status'],
  ['leaderboard', 'leaderboard'],
  ['richest', 'richest'],
  ['mystats', 'stats'],
  ['whip', 'tavern whip'],
  ['helpme', 'help'],
  ['givecoin', 'eco give-coins'],
  ['takecoin', 'eco take-coins'],
  ['giveitem', 'eco give-item'],
  ['set_loot_table', 'eco loot-table'],
  ['resetdata', 'eco reset'],
];

/** Boards that the document claims as commands of their own: choices of `/leaderboard`. */
export const boardRows = ['coins', 'bank', 'casinowins'] as const;

/**
 * Commands for the owner of the bot that have no command here, and what does their work: commands are registered at the
 * start, nothing waits to be saved, and there is no other store to move to.
 */
export const ownerRows = ['!sync', '!forcesave', '!firebase_status', '!migrate_to_firebase'] as const;

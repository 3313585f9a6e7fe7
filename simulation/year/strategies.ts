// How the members of the server play. Each makes their way by the commands alone, from what they are answered.
import { type GameName, games, playRound } from './casino.ts';
import type { Hour } from './hour.ts';
import { buyItem, person, type Strategy } from './play.ts';
import { openSeeker } from './seeker.ts';

const week = 7;
const betUnit = 50;
const betMost = 2_000;

/** The day's reward, and the week's on one day of it. */
const claim = async (hour: Hour): Promise<void> => {
  await hour.act('economy.daily');
  if (hour.day % week === Number(BigInt(hour.member) % 7n)) await hour.act('economy.weekly');
};

/** Claims, and puts everything into the bank. */
const collector: Strategy = {
  name: 'collectors: rewards into the bank',
  share: 70,
  timesADay: 1,
  presence: 0.8,
  begin: () => async (hour) => {
    await claim(hour);
    await hour.act('economy.bank.deposit', { amount: 'all' });
  },
};

/** Bets a fiftieth of what there is, in whole units. */
const betOf = (funds: number): number =>
  Math.min(Math.floor(funds / betUnit / betUnit) * betUnit || betUnit, betMost, Math.floor(funds / betUnit) * betUnit);

const gear = [
  { item: 'lucky_charm', worthwhile: 60_000 },
  { item: 'slot_magnet', worthwhile: 120_000 },
] as const;

/** Plays all games, mostly their own favourite one, and buys what helps when they are rich. */
const gambler: Strategy = {
  name: 'gamblers: every game of the casino',
  share: 34,
  timesADay: 1,
  presence: 0.85,
  begin: ({ place }) => {
    const favourite = games[place % games.length] as GameName;
    const worn = new Set<string>();
    return async (hour) => {
      await claim(hour);
      for (let round = 0; round < 5; round += 1) {
        const { wallet, bank } = await hour.purse();
        const bet = betOf(wallet + bank);
        if (bet === 0) return;
        await playRound(hour, hour.chance.happens(0.5) ? favourite : hour.chance.pick(games), bet);
      }
      const { wallet, bank } = await hour.purse();
      const wanted = gear.find(({ item, worthwhile }) => !worn.has(item) && wallet + bank > worthwhile);
      if (wanted === undefined) return;
      await buyItem(hour, wanted.item);
      await hour.act('items.equip', { item: wanted.item });
      worn.add(wanted.item);
    };
  },
};

/** Buys what rose, sells what gained a twentieth or lost a tenth. */
const trader: Strategy = {
  name: 'traders: buy what rose, take small gains',
  share: 20,
  timesADay: 1,
  presence: 0.8,
  begin: () => {
    const bought = new Map<string, number>();
    return async (hour) => {
      await claim(hour);
      for (const [symbol, price] of bought) {
        const now = hour.quotes().find((quote) => quote.symbol === symbol)?.price ?? price;
        if (now < price * 1.05 && now > price * 0.9) continue;
        await hour.act('stocks.sell', { symbol, shares: 'all' });
        bought.delete(symbol);
      }
      const risen = hour.quotes().filter(({ price, dayAgo }) => price > dayAgo);
      if (risen.length === 0 || bought.size >= 4) return;
      const { symbol, price } = hour.chance.pick(risen);
      if (bought.has(symbol)) return;
      if ((await hour.act('stocks.buy', { symbol, shares: '25%' })) !== undefined) bought.set(symbol, price);
    };
  },
};

const clanSize = 8;

/** Eight to an in-game guild: most of what they have lies in its treasury. */
const clanPlayer: Strategy = {
  name: 'members of guilds: coins into the treasury',
  share: 40,
  timesADay: 1,
  presence: 0.8,
  begin: ({ place }) => {
    const name = `Company ${Math.floor(place / clanSize) + 1}`;
    const founds = place % clanSize === 0;
    let joined = false;
    return async (hour) => {
      await claim(hour);
      if (!joined && founds) {
        joined = (await hour.act('economy.clan.create', { name })) !== undefined;
        if (joined) await hour.act('economy.clan.settings', { open: true });
      } else if (!joined) joined = (await hour.act('economy.clan.join', { name })) !== undefined;
      // Whoever founds saves up for it first.
      await hour.act(joined ? 'economy.clan.deposit' : 'economy.bank.deposit', { amount: joined ? '75%' : 'all' });
      if (joined && hour.chance.happens(0.05)) await hour.act('economy.clan.withdraw', { amount: '10%' });
    };
  },
};

/** Robs whoever leaves something in the wallet, twice a day. */
const robber: Strategy = {
  name: 'robbers',
  share: 12,
  timesADay: 2,
  presence: 0.8,
  begin:
    ({ others }) =>
    async (hour) => {
      await claim(hour);
      for (let tries = 0; tries < 4; tries += 1) {
        const target = person(hour.chance.pick(others));
        if ((await hour.act('economy.rob', { member: target })) !== undefined) break;
      }
      await hour.act('economy.bank.deposit', { amount: 'all' });
    },
};

/** Borrows all there is to borrow. Every other one pays back; the others spend it at the casino and do not. */
const borrower: Strategy = {
  name: 'borrowers: every other one does not pay back',
  share: 12,
  timesADay: 1,
  presence: 0.8,
  begin: ({ place }) => {
    const honest = place % 2 === 0;
    return async (hour) => {
      await claim(hour);
      const taken = hour.day % week === 3 ? await hour.act('loans.take', { amount: 'all' }) : undefined;
      if (honest) {
        await hour.act('economy.bank.deposit', { amount: 'all' });
        if (hour.day % week === 2) await hour.act('loans.pay');
      } else if (taken !== undefined) {
        for (let round = 0; round < 6; round += 1) {
          const { wallet, bank } = await hour.purse();
          const bet = Math.min(Math.floor((wallet + bank) / 4 / betUnit) * betUnit, betMost);
          if (bet > 0) await playRound(hour, 'roulette', bet);
        }
      }
    };
  },
};

const chestPrices = [
  ['legendary', 50_000],
  ['epic', 15_000],
  ['rare', 5_000],
  ['common', 1_000],
] as const;

/** Opens the best chest that there are coins for, and drinks and wears what is in it. */
const opener: Strategy = {
  name: 'openers of chests',
  share: 11,
  timesADay: 1,
  presence: 0.8,
  begin: () => async (hour) => {
    await claim(hour);
    const { wallet, bank } = await hour.purse();
    const [chest] = chestPrices.find(([, price]) => price <= (wallet + bank) / 2) ?? [];
    if (chest === undefined || !(await buyItem(hour, `${chest}_chest`))) return;
    const opened = await hour.act<{ readonly chests: readonly { readonly item?: string }[] }>('chests.open', { chest });
    for (const { item } of opened?.chests ?? []) {
      if (item === undefined) continue;
      if ((await hour.act('items.use', { item })) === undefined) await hour.act('items.equip', { item });
    }
  },
};

/** One person with four more accounts, who tries whatever looks as if it brought coins. */
const seeker: Strategy = {
  name: 'seeker of exploits: one person, five accounts',
  share: 1,
  timesADay: 3,
  presence: 1,
  alternates: 4,
  begin: (beginner) => openSeeker(beginner),
};

/** All ways to play, the seeker last. */
export const strategies: readonly Strategy[] = [
  collector,
  gambler,
  trader,
  clanPlayer,
  robber,
  borrower,
  opener,
  seeker,
];

// One who looks for coins that come from nothing: tries all that might be a press for money, and counts what it brings.
import { listings } from '../../src/features/stocks/symbols.ts';
import type { MemberId } from '../../src/kernel/ids.ts';
import { playRound } from './casino.ts';
import type { Hour } from './hour.ts';
import { type Beginner, buyItem, type Play, person } from './play.ts';

const sunday = 0;
const monday = 1;
const clanName = 'Nightshift';
/** Shares are bought below so much of their base, and sold above so much of it. */
const cheap = 0.85;
const fair = 0.98;
/** When the loans that are not to be paid back are prepared, and what each account is given to borrow upon. */
const loansFromDay = 40;
const loanGround = 20_000;

/** From when on some coins stay in the treasury all the time, and how many. */
const staysFromDay = 182;
const staysInTreasury = 100_000;

const weekdayOf = (now: number): number => new Date(now).getUTCDay();

/** What some accounts of the person hold together, once debts between them are collected. */
const heldBy = async (hour: Hour, accounts: readonly MemberId[]): Promise<number> => {
  for (const account of accounts) await hour.purse(account);
  let held = 0;
  for (const account of accounts) {
    const { wallet, bank } = await hour.purse(account);
    held += wallet + bank;
  }
  return held;
};

/** Tries something, and notes by how much the accounts hold more or less after it. */
const attempt = async (
  hour: Hour,
  name: string,
  accounts: readonly MemberId[],
  run: () => Promise<unknown>,
): Promise<void> => {
  const before = await heldBy(hour, accounts);
  await run();
  hour.note(name, (await heldBy(hour, accounts)) - before);
};

const tryChest = (tier: string) => async (hour: Hour) => {
  const { wallet, bank } = await hour.purse();
  if (wallet + bank < 120_000) return;
  await attempt(hour, `a ${tier} chest, with what keeps mimics off`, [hour.member], async () => {
    await buyItem(hour, 'mimic_protection');
    if (await buyItem(hour, `${tier}_chest`)) await hour.act('chests.open', { chest: tier });
  });
};

const tryResale = async (hour: Hour): Promise<void> =>
  attempt(hour, 'a thing bought and sold back', [hour.member], async () => {
    await buyItem(hour, 'energy_drink');
    await hour.act('shop.sell', { item: 'energy_drink', count: 1 });
  });

const tryRoundTrip = async (hour: Hour): Promise<void> =>
  attempt(hour, 'shares bought and sold at the same price', [hour.member], async () => {
    await hour.act('stocks.buy', { symbol: 'BANK', shares: '10%' });
    await hour.act('stocks.sell', { symbol: 'BANK', shares: 'all' });
  });

/** One account buys, another drives the price up, the first sells into it; then the other. */
const tryPush = (alternate: MemberId) => async (hour: Hour) =>
  attempt(hour, 'a price driven up by two accounts', [hour.member, alternate], async () => {
    const { wallet } = await hour.purse();
    await hour.act('economy.pay', { member: person(alternate), amount: '50%' });
    await hour.act('stocks.buy', { symbol: 'BANK', shares: '80%' });
    await hour.act('stocks.buy', { symbol: 'BANK', shares: '80%' }, alternate);
    await hour.wait(3_600_000);
    await hour.act('stocks.sell', { symbol: 'BANK', shares: 'all' });
    await hour.act('stocks.sell', { symbol: 'BANK', shares: 'all' }, alternate);
    if (wallet > 0) await hour.act('economy.pay', { member: person(hour.member), amount: 'all' }, alternate);
  });

const tryCircle = (alternates: readonly MemberId[]) => async (hour: Hour) => {
  const circle = [hour.member, ...alternates];
  await attempt(hour, 'coins paid in a circle of accounts', circle, async () => {
    for (const [place, from] of circle.entries()) {
      const to = circle[(place + 1) % circle.length] as MemberId;
      await hour.act('economy.pay', { member: person(to), amount: 'all' }, from);
    }
  });
};

const tryTwice = (alternate: MemberId) => async (hour: Hour) =>
  attempt(hour, 'a request accepted twice', [hour.member, alternate], async () => {
    const asked = await hour.act<{ readonly by: MemberId; readonly id: string; readonly expiresAt: number }>(
      'economy.request',
      { member: person(alternate), amount: '10' },
    );
    if (asked === undefined) return;
    const press = { by: asked.by, id: asked.id, until: asked.expiresAt };
    await hour.act('economy.request.accept', press, alternate);
    await hour.act('economy.request.accept', press, alternate);
  });

const tryRobbing = (alternate: MemberId) => async (hour: Hour) =>
  attempt(hour, 'an account of one’s own robbed', [hour.member, alternate], async () => {
    await hour.act('economy.bank.withdraw', { amount: '25%' });
    await hour.act('economy.rob', { member: person(hour.member) }, alternate);
  });

const wornFor = [
  ['coinflip', 'coin_doubler', 100_000],
  ['slots', 'lucky_charm', 25_000],
] as const;

/** Coinflips and slots with the best gear on, which is bought once there is plenty. */
const tryGear = (owned: Set<string>) => async (hour: Hour) => {
  for (const [game, item, price] of wornFor) {
    const { wallet, bank } = await hour.purse();
    if (!owned.has(item) && wallet + bank > price * 3 && (await buyItem(hour, item))) owned.add(item);
    if (!owned.has(item)) continue;
    await hour.act('items.equip', { item });
    await attempt(hour, `${game} with ${item.replace('_', ' ')}`, [hour.member], async () => {
      for (let round = 0; round < 5; round += 1) await playRound(hour, game, 2_000);
    });
  }
};

/**
 * All coins lie in the treasury of an own guild when interest is paid. Else they are in the bank, in the second half of
 * the year but for some that stay in the treasury all the time. `found` is what the wallet held when the person came.
 */
const treasuryTender = () => {
  let treasury = 0;
  return async (hour: Hour, found: number): Promise<'away' | 'here'> => {
    const weekday = weekdayOf(hour.now());
    if (weekday === sunday) {
      await hour.act('economy.clan.create', { name: clanName });
      await hour.act('economy.bank.withdraw', { amount: 'all' });
      const put = await hour.act<{ readonly treasury: number }>('economy.clan.deposit', { amount: 'all' });
      treasury = put?.treasury ?? treasury;
      return 'away';
    }
    const stays = hour.day >= staysFromDay ? staysInTreasury : 0;
    if (weekday === monday && treasury > stays) {
      const name = 'a treasury filled for the night of its interest';
      await hour.act('economy.clan.withdraw', { amount: String(treasury - stays) });
      treasury = stays;
      hour.note(stays > 0 ? `${name}, with ${staysInTreasury} coins in it all week` : name, found);
    }
    return 'here';
  };
};

/** Buys what is far below its base and sells it when it has come back. */
const tendShares = (held: Set<string>) => async (hour: Hour) => {
  for (const { symbol, base } of listings) {
    const price = hour.quotes().find((quote) => quote.symbol === symbol)?.price ?? base;
    if (held.has(symbol) && price >= base * fair) {
      const sold = await hour.act<{ readonly profit: number }>('stocks.sell', { symbol, shares: 'all' });
      if (sold === undefined) continue;
      held.delete(symbol);
      hour.note('shares bought far below their base, sold near it', sold.profit);
    } else if (!held.has(symbol) && price <= base * cheap) {
      if ((await hour.act('stocks.buy', { symbol, shares: '25%' })) !== undefined) held.add(symbol);
    }
  }
};

/**
 * An account is given something to borrow upon, borrows as much again a week later, and loses all of it to the person's
 * first account by robbing that and failing, over and over; the loan is never paid back.
 */
const loanLost = (alternate: MemberId, fromDay: number) => {
  let stage: 'wait' | 'given' | 'lent' = 'wait';
  const name = 'a loan lost to one’s first account by failed robberies, and not paid back';
  return async (hour: Hour): Promise<void> => {
    const { member, day } = hour;
    if (stage === 'wait' && day >= fromDay) {
      await hour.act('economy.bank.withdraw', { amount: String(loanGround) });
      const paid = await hour.act('economy.pay', { member: person(alternate), amount: String(loanGround) });
      if (paid === undefined) return;
      stage = 'given';
      hour.note(name, 0 - loanGround);
    } else if (stage === 'given' && day >= fromDay + 9) {
      if ((await hour.act('loans.take', { amount: 'all' }, alternate)) === undefined) return;
      stage = 'lent';
      // What is borrowed cannot be paid away; this is refused.
      await hour.act('economy.pay', { member: person(member), amount: 'all' }, alternate);
    } else if (stage === 'lent' && day < fromDay + 60) {
      await hour.act('economy.bank.withdraw', { amount: 'all' });
      await attempt(hour, name, [member], () => hour.act('economy.rob', { member: person(member) }, alternate));
    }
  };
};

/** A person who looks for exploits, with further accounts. */
export const openSeeker = ({ alternates }: Beginner): Play => {
  const [first, second, third, fourth] = alternates as readonly [MemberId, MemberId, MemberId, MemberId];
  const gear = new Set<string>();
  const shares = tendShares(new Set());
  const rotation = [
    tryChest('common'),
    tryResale,
    tryRoundTrip,
    tryPush(first),
    tryCircle([first, second]),
    tryTwice(first),
    tryRobbing(second),
    tryGear(gear),
    tryChest('rare'),
    tryChest('epic'),
    tryChest('legendary'),
  ];
  const loans = [loanLost(third, loansFromDay), loanLost(fourth, loansFromDay + 100)];
  let visits = 0;
  const tendTreasury = treasuryTender();
  let claimedDay = -1;
  return async (hour) => {
    visits += 1;
    const { wallet: found } = await hour.purse();
    if (claimedDay !== hour.day) {
      claimedDay = hour.day;
      await hour.act('economy.daily');
      await hour.act('economy.weekly');
      for (const account of [first, second]) {
        await attempt(hour, 'rewards of further accounts', [hour.member, account], async () => {
          await hour.act('economy.daily', {}, account);
          await hour.act('economy.weekly', {}, account);
          await hour.act('economy.pay', { member: person(hour.member), amount: 'all' }, account);
        });
      }
    }
    if ((await tendTreasury(hour, found)) === 'away') return;
    await shares(hour);
    for (const loan of loans) await loan(hour);
    await rotation[visits % rotation.length]?.(hour);
    await hour.act('economy.bank.deposit', { amount: 'all' });
  };
};

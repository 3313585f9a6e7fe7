const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Time between two ticks. */
export const tickMs = 15 * minuteMs;
/** Ticks made up for after a gap, at most: a day of them. Prices stand still for what is beyond. */
export const stepsMax = 96;

/** What a volatility is divided by to give the standard deviation of one tick. */
export const sigmaDivisor = 8;
/** The part of its distance from the base that a price loses with each tick. */
export const pull = 0.01;
/** The least and the greatest price, as multiples of the base. */
export const priceLeast = 0.25;
export const priceMost = 4;

/** What 1,000 coins of demand add to a price's logarithm: 0.01 %. */
export const impactOfThousand = 0.000_1;
/**
 * The most that demand moves a price, either way, as a logarithm. Pushing a price up by all of it after buying where it
 * was pushed down by all of it brings exp(0.02) = 1.02020; at a fee of 1 % a side 1.01 / 0.99 = 1.02020 are needed to
 * break even, a little more. So nobody earns by moving the market themselves.
 */
export const impactMost = 0.01;

/** Points of the last day that charts show, and daily closes. */
export const chartPoints = 96;
export const chartCloses = 30;
/** How long the market keeps each tick, and how many daily closes. */
export const pointsKeptMs = 7 * dayMs;
export const closesKept = 730;

/** Symbols on the market, delisted ones with it: Discord's select takes 25. */
export const symbolsMax = 25;

/** Shares of one symbol that a member may hold. */
export const sharesMax = 1_000_000;
/** Trades of a member in an hour. */
export const tradesAnHour = 30;

/** Members who hold shares in one guild. */
export const tradersMax = 1_000_000;

/** Limit orders of a member that are open at once: as many as the buttons under a portfolio take back. */
export const ordersMax = 10;
/** Limit orders that are open in one guild. */
export const guildOrdersMax = 10_000;
/** How long a limit order stays open. */
export const orderMs = 30 * dayMs;
/** How long after a tick orders are looked at: its prices have reached the guild by then. */
export const matchDelayMs = 30_000;
/** Orders that one step looks at. */
export const matchRows = 100;
/** Orders that were carried out which a portfolio still shows. */
export const fillsKept = 5;

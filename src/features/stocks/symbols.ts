/** What a company does. */
export const sectors = [
  'technology',
  'finance',
  'materials',
  'consumer',
  'energy',
  'health',
  'vehicles',
  'retail',
] as const;

export type Sector = (typeof sectors)[number];

/** A company on the market. */
export interface Listing {
  readonly symbol: string;
  readonly sector: Sector;
  /** Hundredths of a coin that the price is drawn back to. */
  readonly base: number;
  /** Ten-thousandths; a tick moves the price's logarithm by an eighth of it (`sigmaDivisor`). */
  readonly volatility: number;
}

/** The companies that are traded. One that is taken off this list keeps its last price, at which shares can be sold. */
export const listings: readonly Listing[] = [
  { symbol: 'TECH', sector: 'technology', base: 15_000, volatility: 1_500 },
  { symbol: 'BANK', sector: 'finance', base: 8_000, volatility: 800 },
  { symbol: 'MINE', sector: 'materials', base: 4_500, volatility: 2_500 },
  { symbol: 'FOOD', sector: 'consumer', base: 6_000, volatility: 1_200 },
  { symbol: 'ENERGY', sector: 'energy', base: 9_000, volatility: 2_000 },
  { symbol: 'HEALTH', sector: 'health', base: 12_000, volatility: 1_000 },
  { symbol: 'AUTO', sector: 'vehicles', base: 7_000, volatility: 1_800 },
  { symbol: 'RETAIL', sector: 'retail', base: 3_500, volatility: 1_400 },
];

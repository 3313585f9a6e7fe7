// Which test holds each figure of section 2 of the economy pack's specification.

/** A test that holds the figures of a section. */
export interface FigureTest {
  readonly section: string;
  /** Below `test/features`. */
  readonly file: string;
  /** How its name or that of its group begins. */
  readonly name: string;
}

const of = (section: string, file: string, ...names: readonly string[]): readonly FigureTest[] =>
  names.map((name) => ({ section, file, name }));

/** The tests by section. */
export const figures: readonly FigureTest[] = [
  ...of('2.1', 'balance.test.ts', '/balance'),
  ...of(
    '2.2',
    'daily.test.ts',
    'gives 150 coins on top of the start grant',
    'without streak.enabled a streak adds nothing',
  ),
  ...of('2.2', 'weekly.test.ts', 'gives 1,000 coins on top of the start grant'),
  ...of('2.3', 'rob.test.ts', 'the rule of robbing', 'exactly the stated share of draws succeeds'),
  ...of('2.4', 'interest.test.ts', 'a bank without interest is not written to', 'interest'),
  ...of('2.5', 'debt.test.ts', 'debts'),
  ...of('2.6', 'loans/rules.test.ts', 'are never more than is outstanding, and the last is all of it'),
  ...of('2.6', 'loans/loans.test.ts', '/loan take'),
  ...of('2.7', 'items/things.test.ts', '28 things are sold, one of each for 714,000'),
  ...of('2.7', 'items/games.test.ts', 'at first 25,000 coins a day are added'),
  ...of('2.8', 'items/chests.test.ts', 'what chests hold'),
  ...of(
    '2.9',
    'casino/returns.test.ts',
    'every spin there is, weighed: 93.67 % a spin, 24.40 % hit, 94.87 % with free spins',
    'the European table: every bet there is',
    'coinflip returns 98 % as it is set at first',
    'is between 1.00 and 100.00',
    'the best player there can be gets back what is shown',
  ),
  ...of('2.9', 'races/odds.test.ts', 'have each rat of every field return 95 %'),
  ...of('2.10', 'stocks/walk.test.ts', 'without chance, a price closes a hundredth of its distance to the base'),
  ...of('2.10', 'stocks/rules.test.ts', 'a bill'),
  ...of('2.11', 'clans/interest.test.ts', 'is shared by contribution', 'is capped for the server'),
  ...of('2.11', 'clans/weekend.test.ts', 'is taken from the bank first, counts as a contribution (fault 24)'),
  ...of('2.12', 'heists/rules.test.ts', 'amounts', 'difficulty'),
  ...of('2.13', 'heists/rules.test.ts', 'played alone without a mistake', 'a team without gear'),
  ...of('2.14', 'richest.test.ts', '/richest'),
  ...of('2.14', 'leaderboard.test.ts', '/leaderboard'),
  ...of('2.15', 'casino/games.test.ts', 'cooldowns'),
  ...of('2.15', 'rob.test.ts', 'rob.cooldown_min, rob.protect_min, rob.fine and rob.max_steal hold'),
  ...of('2.15', 'stocks/trade.test.ts', 'thirty trades an hour'),
  ...of('2.16', 'settings.test.ts', 'every setting shows a text that it takes back as the same value'),
];

// A small year: a month of twenty accounts, and that the figures of a run can be off.
import { beforeAll, describe, expect, test } from 'vitest';
import { drawChart } from '../../simulation/year/chart.ts';
import { pageOf } from '../../simulation/year/document.ts';
import { gini, median, monthsOf } from '../../simulation/year/measures.ts';
import { verdictsOf } from '../../simulation/year/verdicts.ts';
import { playYear, type Year } from '../../simulation/year/year.ts';

const options = { seed: 'small', members: 20, days: 30 };

describe('a month of twenty accounts', () => {
  let year: Year;
  beforeAll(async () => {
    year = await playYear(options);
  }, 120_000);

  test('is played in every way there is, and all that must hold of it holds', () => {
    expect(year.people.filter(({ presence }) => presence.actions === 0)).toEqual([]);
    expect(new Set(year.people.map(({ strategy }) => strategy)).size).toBe(8);
    expect(year.people.flatMap(({ accounts }) => accounts)).toHaveLength(options.members);
    expect(year.surveys).toHaveLength(options.days);
    const verdicts = verdictsOf(year);
    expect(verdicts.length).toBeGreaterThan(6);
    expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
  });

  test('comes to the same again', async () => {
    const short = { ...options, days: 5 };
    const [once, twice] = [await playYear(short), await playYear(short)];
    expect(pageOf(twice, [], 'chart')).toBe(pageOf(once, [], 'chart'));
    expect(drawChart(twice.surveys)).toBe(drawChart(once.surveys));
  });

  test('in which coins came from nowhere, or a game returned too much, does not hold', () => {
    const failing = (changed: Year): readonly string[] =>
      verdictsOf(changed)
        .filter(({ holds }) => !holds)
        .map(({ what }) => what);
    const last = year.surveys.at(-1);
    if (last === undefined) throw new Error('the month has days');
    const forged = [...year.surveys.slice(0, -1), { ...last, supply: last.supply + 1 }];
    expect(failing({ ...year, surveys: forged })).toEqual(['Every coin there is was made by an entry that is counted']);
    const { slots } = year.tallies;
    const generous = { ...year.tallies, slots: { ...slots, net: slots.net + slots.bet * 10 } };
    expect(failing({ ...year, tallies: generous })).toEqual(['slots returned what its rules compute to']);
  });

  test('has a page with all of it, and a chart', () => {
    const page = pageOf(year, verdictsOf(year), 'images/economy-year.svg');
    for (const { name } of monthsOf(year)) expect(page).toContain(`| ${name} |`);
    expect(page).toContain('npm run year -- --seed small --members 20 --days 30');
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
    expect(drawChart(year.surveys)).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test('Gini’s coefficient: nothing where all have the same, near one where one has all', () => {
  expect(gini([5, 5, 5, 5])).toBeCloseTo(0, 12);
  expect(gini([0, 0, 0, 100])).toBeCloseTo(0.75, 12);
  expect(gini([1, 2, 3, 4])).toBeCloseTo(0.25, 12);
  expect(gini([])).toBe(0);
  expect(median([3, 1, 2])).toBe(2);
});

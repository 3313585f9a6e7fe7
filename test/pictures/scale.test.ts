import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { timeTicks, valueScale } from '../../src/pictures/scale.ts';

describe('the scale of values', () => {
  test.each([
    { values: [132, 168], ticks: [130, 140, 150, 160, 170] },
    { values: [0, 1], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
    { values: [-3, 4], ticks: [-4, -2, 0, 2, 4] },
    { values: [80, 80], ticks: [76, 78, 80, 82, 84] },
    { values: [0], ticks: [-1, -0.5, 0, 0.5, 1] },
  ])('of $values is $ticks', ({ values, ticks }) => {
    const scale = valueScale(values, 5, 2);
    expect(scale.ticks.map((tick) => Number(tick.toFixed(6)) + 0)).toEqual(ticks);
  });

  property.prop([
    fc.array(fc.double({ min: -1e300, max: 1e300, noNaN: true }), { minLength: 1, maxLength: 50 }),
    fc.integer({ min: 0, max: 8 }),
  ])('covers all values with two to eight ticks whose labels differ', (values, decimals) => {
    const { least, most, ticks } = valueScale(values, 5, decimals);
    const slack = Math.max(Math.abs(least), Math.abs(most)) * 1e-9;
    expect(least).toBeLessThanOrEqual(Math.min(...values) + slack);
    expect(most).toBeGreaterThanOrEqual(Math.max(...values) - slack);
    expect(most).toBeGreaterThan(least);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(8);
    expect(new Set(ticks.map((tick) => tick.toFixed(decimals))).size).toBe(ticks.length);
  });
});

describe('the axis of times', () => {
  const midnight = Date.UTC(2026, 10, 21);
  const hourMs = 3_600_000;

  test.each([
    { span: 24 * hourMs, labels: ['11-21', '06:00', '12:00', '18:00', '11-22'] },
    { span: hourMs, labels: ['11-21', '00:15', '00:30', '00:45', '01:00'] },
    { span: 30 * 24 * hourMs, labels: ['11-23', '11-28', '12-03', '12-08', '12-13', '12-18'] },
  ])('has round times over $span ms', ({ span, labels }) => {
    expect(timeTicks(midnight, midnight + span, 7).map(({ label }) => label)).toEqual(labels);
  });

  property.prop([
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
    fc.oneof(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 8.64e15 })),
  ])('has at most as many as asked for, all within', (from, span) => {
    const to = Math.min(8.64e15, from + span);
    const ticks = timeTicks(from, to, 7);
    expect(ticks.length).toBeLessThanOrEqual(7);
    for (const { at } of ticks) expect(at >= from && at <= to).toBe(true);
  });
});

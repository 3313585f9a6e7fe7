const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A scale of values: round ticks that cover all of them. */
export interface Scale {
  readonly least: number;
  readonly most: number;
  readonly ticks: readonly number[];
}

const roundFactors = [1, 2, 5, 10];

/** The least round step (1, 2 or 5 times a power of ten) of which at most `count` make up a span. */
const roundStep = (span: number, count: number): number => {
  const power = 10 ** Math.floor(Math.log10(span / count));
  return (roundFactors.find((factor) => factor * power * count >= span) ?? 10) * power;
};

/**
 * A scale of some `count` ticks around finite values, whose labels of `decimals` digits all differ. Equal values get a
 * margin, so that their line runs through the middle.
 */
export const valueScale = (values: readonly number[], count: number, decimals: number): Scale => {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const size = Math.max(Math.abs(low), Math.abs(high));
  // Below a billionth of the values, what differs is the noise of their arithmetic.
  if (high - low <= size * 1e-9) {
    const margin = size === 0 ? 1 : size * 0.05;
    low -= margin;
    high += margin;
  }
  const step = Math.max(roundStep(high - low, count), 10 ** -decimals);
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { least: first * step, most: last * step, ticks };
};

const timeSteps = [
  minuteMs,
  5 * minuteMs,
  15 * minuteMs,
  30 * minuteMs,
  hourMs,
  2 * hourMs,
  3 * hourMs,
  6 * hourMs,
  12 * hourMs,
  dayMs,
  2 * dayMs,
  5 * dayMs,
  10 * dayMs,
  30 * dayMs,
  90 * dayMs,
  365 * dayMs,
];

/** A time on the axis with its words. */
export interface TimeTick {
  readonly at: number;
  readonly label: string;
}

/**
 * At most `count` round times in UTC from one time to another, with words of digits alone, which are read in every
 * language: `18:00`, `11-21` for a day, `2026` where years are between them.
 */
export const timeTicks = (from: number, to: number, count: number): readonly TimeTick[] => {
  const longest = Math.ceil((to - from) / (count - 1) / dayMs) * dayMs;
  const step = timeSteps.find((one) => (to - from) / one < count) ?? longest;
  const first = Math.ceil(from / step) * step;
  const length = Math.max(0, Math.floor((to - first) / step) + 1);
  return Array.from({ length }, (_, index) => {
    const at = first + index * step;
    return { at, label: timeLabel(at, step) };
  });
};

const timeLabel = (at: number, step: number): string => {
  const text = new Date(at).toISOString();
  if (step >= 365 * dayMs) return text.slice(0, 4);
  return step >= dayMs || at % dayMs === 0 ? text.slice(5, 10) : text.slice(11, 16);
};

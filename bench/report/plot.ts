// Plots as SVG, read on light and dark pages alike: each has a ground of its own.

const width = 940;
const ink = { text: '#24292f', quiet: '#57606a', line: '#d0d7de', ground: '#ffffff' } as const;
const palette: readonly string[] = ['#0969da', '#cf222e', '#1a7f37', '#9a6700', '#8250df', '#57606a'];
const font = 'font-family="system-ui, sans-serif"';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const text = (x: number, y: number, words: string, more: string): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${font} ${more}>${escaped(words)}</text>`;

const line = (from: readonly [number, number], to: readonly [number, number], color: string): string =>
  `<line x1="${from[0].toFixed(1)}" y1="${from[1].toFixed(1)}" x2="${to[0].toFixed(1)}" y2="${to[1].toFixed(1)}" stroke="${color}"/>`;

const page = (height: number, title: string, parts: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<rect width="${width}" height="${height}" rx="8" fill="${ink.ground}" stroke="${ink.line}"/>`,
    text(20, 30, title, `font-size="16" font-weight="600" fill="${ink.text}"`),
    ...parts,
    '</svg>',
    '',
  ].join('\n');

const short = (value: number): string =>
  value.toLocaleString('en', { notation: value >= 10_000 ? 'compact' : 'standard', maximumSignificantDigits: 3 });

/** Powers of ten that hold all values, the least and the most. */
const decades = (values: readonly number[]): readonly [number, number] => {
  const sound = values.filter((value) => value > 0);
  if (sound.length === 0) return [0, 1];
  const low = Math.floor(Math.log10(Math.min(...sound)));
  return [low, Math.max(low + 1, Math.ceil(Math.log10(Math.max(...sound))))];
};

/** A bar of a chart: its value, and the range it came from. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Bars of one group have one color. */
  readonly group: number;
}

const barHeight = 26;
const labelWidth = 480;
const barTop = 50;

/** Bars over a scale of powers of ten, each with its range. */
export const barChart = (title: string, unit: string, bars: readonly Bar[]): string => {
  const [low, high] = decades(bars.flatMap(({ min, max }) => [min, max]));
  const right = width - 70;
  const x = (value: number): number =>
    labelWidth + ((Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)) * (right - labelWidth);
  const bottom = barTop + bars.length * barHeight;
  const parts: string[] = [];
  for (let power = low; power <= high; power += 1) {
    parts.push(line([x(10 ** power), barTop - 6], [x(10 ** power), bottom], ink.line));
    parts.push(
      text(x(10 ** power), bottom + 18, short(10 ** power), `font-size="12" text-anchor="middle" fill="${ink.quiet}"`),
    );
  }
  bars.forEach(({ label, value, min, max, group }, index) => {
    const y = barTop + index * barHeight;
    const middle = y + barHeight / 2 - 2;
    const color = palette[group % palette.length] ?? ink.text;
    parts.push(text(labelWidth - 10, middle + 4, label, `font-size="11" text-anchor="end" fill="${ink.text}"`));
    parts.push(
      `<rect x="${labelWidth}" y="${(y + 3).toFixed(1)}" width="${Math.max(1, x(value) - labelWidth).toFixed(1)}" height="${barHeight - 9}" fill="${color}" opacity="0.8"/>`,
      line([x(min), middle], [x(max), middle], ink.text),
      text(x(Math.max(value, max)) + 6, middle + 4, short(value), `font-size="12" fill="${ink.text}"`),
    );
  });
  parts.push(
    text(
      right,
      bottom + 38,
      `${unit}, each step ten times the one before`,
      `font-size="12" text-anchor="end" fill="${ink.quiet}"`,
    ),
  );
  return page(bottom + 52, title, parts);
};

/** A line of a chart. */
export interface Series {
  readonly label: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const plot = { left: 80, right: width - 180, top: 60, bottom: 330 } as const;

/** Lines over a plain scale from left to right and one of powers of ten upwards. */
export const lineChart = (title: string, across: string, upwards: string, series: readonly Series[]): string => {
  const points = series.flatMap((one) => one.points);
  const [low, high] = decades(points.map(([, y]) => y));
  const xs = [...new Set(points.map(([x]) => x))].toSorted((left, right) => left - right);
  const most = Math.max(1, ...xs);
  const x = (value: number): number => plot.left + (value / most) * (plot.right - plot.left);
  const y = (value: number): number =>
    plot.bottom - ((Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)) * (plot.bottom - plot.top);
  const parts: string[] = [];
  for (let power = low; power <= high; power += 1) {
    const at = y(10 ** power);
    parts.push(line([plot.left, at], [plot.right, at], ink.line));
    parts.push(text(plot.left - 8, at + 4, short(10 ** power), `font-size="12" text-anchor="end" fill="${ink.quiet}"`));
  }
  for (const value of xs) {
    parts.push(
      text(x(value), plot.bottom + 20, short(value), `font-size="12" text-anchor="middle" fill="${ink.quiet}"`),
    );
  }
  parts.push(
    text(
      (plot.left + plot.right) / 2,
      plot.bottom + 42,
      across,
      `font-size="12" text-anchor="middle" fill="${ink.quiet}"`,
    ),
    text(plot.left, plot.top - 12, upwards, `font-size="12" fill="${ink.quiet}"`),
  );
  series.forEach(({ label, points: own }, index) => {
    const color = palette[index % palette.length] ?? ink.text;
    const path = own.map(([px, py]) => `${x(px).toFixed(1)},${y(py).toFixed(1)}`).join(' ');
    parts.push(`<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"/>`);
    for (const [px, py] of own)
      parts.push(`<circle cx="${x(px).toFixed(1)}" cy="${y(py).toFixed(1)}" r="3" fill="${color}"/>`);
    const row = plot.top + index * 22;
    parts.push(line([plot.right + 20, row], [plot.right + 44, row], color));
    parts.push(text(plot.right + 50, row + 4, label, `font-size="12" fill="${ink.text}"`));
  });
  return page(plot.bottom + 60, title, parts);
};

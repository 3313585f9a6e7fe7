import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { LineChart } from '../kernel/picture.ts';
import { bold, regular } from './fonts.ts';
import { type Scale, timeTicks, valueScale } from './scale.ts';

const width = 800;
const height = 400;
/** The field in which the line runs; to its right are the values, below it the times. */
const plot = { left: 32, top: 108, bottom: 348 } as const;
const edge = 28;
const cornerRadius = 20;
const valueTicks = 5;
const timeTicksMost = 7;
/** Beyond this, arithmetic on values runs out of numbers; and the times that a date can hold. */
const valueMost = 1e300;
const timeMostMs = 8.64e15;

// A card of its own, so that it reads the same on Discord's dark and light themes.
const ink = {
  top: '#242833',
  bottom: '#171a21',
  border: '#343a48',
  title: '#f1f3f8',
  quiet: '#9aa4b8',
  grid: 'rgba(255, 255, 255, 0.07)',
} as const;

const moods = {
  up: { line: '#3fd98b', glow: '63, 217, 139', sign: '▲' },
  down: { line: '#ff7070', glow: '255, 112, 112', sign: '▼' },
  same: { line: '#8fb4ff', glow: '143, 180, 255', sign: '■' },
} as const;

type Mood = (typeof moods)[keyof typeof moods];
type Point = readonly [atMs: number, value: number];

/** Where things are in the plot. */
interface Frame {
  readonly scale: Scale;
  readonly right: number;
  readonly from: number;
  readonly to: number;
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
}

/** The points that can be drawn, in order of time. */
const drawable = (points: LineChart['points']): readonly Point[] =>
  points
    .filter(([at, value]) => Math.abs(at) <= timeMostMs && Math.abs(value) <= valueMost)
    .sort(([left], [right]) => left - right);

const moodOf = (points: readonly Point[]): Mood => {
  const first = points[0]?.[1] ?? 0;
  const last = points.at(-1)?.[1] ?? 0;
  if (first === last) return moods.same;
  return last > first ? moods.up : moods.down;
};

/** Words for values: with all digits while they are short. */
const wordsFor = (decimals: number): ((value: number) => string) => {
  const plain = new Intl.NumberFormat('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });
  const vast = new Intl.NumberFormat('en', { notation: 'scientific', maximumFractionDigits: 2 });
  return (value) => {
    const size = Math.abs(value);
    if (size >= 1e15) return vast.format(value);
    // What rounds to nothing is nothing, not minus nothing.
    return size >= 1e6 ? compact.format(value) : plain.format(Number(value.toFixed(decimals)) + 0);
  };
};

/**
 * Draws a line over time: title, last value, change since the first one, and a scale on both axes, times in UTC. What is
 * no number is left out; where nothing remains, an empty field is drawn.
 */
export const drawLineChart = (chart: LineChart): Canvas => {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const points = drawable(chart.points);
  const mood = moodOf(points);
  const decimals = Math.min(8, Math.max(0, Math.trunc(chart.decimals) || 0));
  const words = wordsFor(decimals);
  drawCard(context);
  drawHeader(context, chart.title, points, { mood, words });
  if (points.length === 0) return canvas;
  const frame = frameOf(context, points, decimals, words);
  drawGrid(context, frame, words);
  drawLine(context, frame, points, mood);
  return canvas;
};

const drawCard = (context: SKRSContext2D): void => {
  const shade = context.createLinearGradient(0, 0, 0, height);
  shade.addColorStop(0, ink.top);
  shade.addColorStop(1, ink.bottom);
  context.beginPath();
  context.roundRect(1, 1, width - 2, height - 2, cornerRadius);
  context.fillStyle = shade;
  context.fill();
  context.strokeStyle = ink.border;
  context.lineWidth = 2;
  context.stroke();
};

const drawHeader = (
  context: SKRSContext2D,
  title: string,
  points: readonly Point[],
  { mood, words }: { readonly mood: Mood; readonly words: (value: number) => string },
): void => {
  const first = points[0]?.[1];
  const last = points.at(-1)?.[1];
  context.textBaseline = 'alphabetic';
  context.textAlign = 'right';
  context.font = bold(38);
  context.fillStyle = ink.title;
  const value = last === undefined ? '–' : words(last);
  const valueWidth = context.measureText(value).width;
  context.fillText(value, width - edge, 58);
  if (first !== undefined && last !== undefined) {
    context.font = bold(19);
    context.fillStyle = mood.line;
    context.fillText(changeWords(first, last, mood), width - edge, 86);
  }
  context.textAlign = 'left';
  context.font = bold(27);
  context.fillStyle = ink.title;
  context.fillText(fitting(context, title, width - 3 * edge - valueWidth), edge, 54);
};

const changeWords = (first: number, last: number, mood: Mood): string => {
  const percent = first === 0 ? Number.NaN : ((last - first) / Math.abs(first)) * 100;
  if (!Number.isFinite(percent)) return mood.sign;
  const format = new Intl.NumberFormat('en', {
    signDisplay: 'exceptZero',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    notation: Math.abs(percent) >= 1e6 ? 'scientific' : 'standard',
  });
  return `${mood.sign} ${format.format(percent)}%`;
};

/** As much of a text as fits into a width, with an ellipsis where it was cut. */
const fitting = (context: SKRSContext2D, text: string, most: number): string => {
  // Of a text that is far too long, the beginning is all that can be shown.
  const characters = Array.from(text.replaceAll(/\p{Cc}/gu, ' ')).slice(0, 200);
  if (context.measureText(characters.join('')).width <= most) return characters.join('');
  while (characters.length > 0 && context.measureText(`${characters.join('')}…`).width > most) characters.pop();
  return `${characters.join('').trimEnd()}…`;
};

const frameOf = (
  context: SKRSContext2D,
  points: readonly Point[],
  decimals: number,
  words: (value: number) => string,
): Frame => {
  const scale = valueScale(
    points.map(([, value]) => value),
    valueTicks,
    decimals,
  );
  context.font = regular(16);
  const labelWidth = Math.max(...scale.ticks.map((tick) => context.measureText(words(tick)).width));
  const right = width - edge - labelWidth - 16;
  const first = points[0]?.[0] ?? 0;
  const last = points.at(-1)?.[0] ?? 0;
  // A single moment gets half an hour on either side.
  const margin = first === last ? 30 * 60_000 : 0;
  const from = Math.max(first - margin, -timeMostMs);
  const to = Math.min(last + margin, timeMostMs);
  return {
    scale,
    right,
    from,
    to,
    x: (at) => plot.left + ((at - from) / (to - from)) * (right - plot.left),
    y: (value) => plot.bottom - ((value - scale.least) / (scale.most - scale.least)) * (plot.bottom - plot.top),
  };
};

const drawGrid = (context: SKRSContext2D, frame: Frame, words: (value: number) => string): void => {
  context.font = regular(16);
  context.textBaseline = 'middle';
  context.lineWidth = 1;
  context.strokeStyle = ink.grid;
  context.fillStyle = ink.quiet;
  context.textAlign = 'right';
  for (const tick of frame.scale.ticks) {
    const y = Math.round(frame.y(tick)) + 0.5;
    stroke(context, [plot.left, y], [frame.right, y]);
    context.fillText(words(tick), width - edge, y);
  }
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  for (const { at, label } of timeTicks(frame.from, frame.to, timeTicksMost)) {
    const x = Math.round(frame.x(at)) + 0.5;
    stroke(context, [x, plot.top], [x, plot.bottom]);
    const half = context.measureText(label).width / 2;
    context.fillText(label, Math.min(Math.max(x, edge + half), frame.right - half), plot.bottom + 28);
  }
  context.textAlign = 'right';
  context.font = regular(13);
  context.fillText('UTC', width - edge, plot.bottom + 28);
};

const stroke = (
  context: SKRSContext2D,
  from: readonly [x: number, y: number],
  to: readonly [x: number, y: number],
): void => {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
};

/** The corners of the line: of many points in one column of pixels, the first, the ends and the last are enough. */
const corners = (frame: Frame, points: readonly Point[]): readonly (readonly [x: number, y: number])[] => {
  const columns = Map.groupBy(
    points.map(([at, value]) => [frame.x(at), frame.y(value)] as const),
    ([x]) => Math.round(x),
  );
  return [...columns.values()].flatMap((column) => {
    if (column.length <= 4) return column;
    const heights = column.map(([, y]) => y);
    const ends = [heights.indexOf(Math.min(...heights)), heights.indexOf(Math.max(...heights))];
    const kept = [...new Set([0, ...ends, column.length - 1])].sort((left, right) => left - right);
    return kept.flatMap((index) => column.slice(index, index + 1));
  });
};

const drawLine = (context: SKRSContext2D, frame: Frame, points: readonly Point[], mood: Mood): void => {
  const found = corners(frame, points);
  const last = found.at(-1) ?? [plot.left, plot.bottom];
  // One moment alone has no line: its value runs through the whole field.
  const line = frame.x(points[0]?.[0] ?? 0) === last[0] ? flat(frame, last[1]) : found;
  const [start = last] = line;
  const end = line.at(-1) ?? last;
  const trace = (): void => {
    context.beginPath();
    context.moveTo(...start);
    for (const corner of line) context.lineTo(...corner);
  };
  const glow = context.createLinearGradient(0, plot.top, 0, plot.bottom);
  glow.addColorStop(0, `rgba(${mood.glow}, 0.38)`);
  glow.addColorStop(1, `rgba(${mood.glow}, 0)`);
  trace();
  context.lineTo(end[0], plot.bottom);
  context.lineTo(start[0], plot.bottom);
  context.closePath();
  context.fillStyle = glow;
  context.fill();
  context.setLineDash([3, 6]);
  context.lineWidth = 1.5;
  context.strokeStyle = `rgba(${mood.glow}, 0.55)`;
  stroke(context, [plot.left, last[1]], [frame.right, last[1]]);
  context.setLineDash([]);
  trace();
  context.lineJoin = 'round';
  context.lineCap = 'round';
  // Where the line turns in nearly each column, a thick one would hide it.
  context.lineWidth = line.length > (frame.right - plot.left) / 2 ? 2 : 3.5;
  context.strokeStyle = mood.line;
  context.stroke();
  drawDot(context, last, mood);
};

const flat = (frame: Frame, y: number): readonly (readonly [x: number, y: number])[] => [
  [plot.left, y],
  [frame.right, y],
];

const drawDot = (context: SKRSContext2D, [x, y]: readonly [x: number, y: number], mood: Mood): void => {
  for (const [radius, style] of [
    [13, `rgba(${mood.glow}, 0.25)`],
    [7, mood.line],
    [3, ink.title],
  ] as const) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = style;
    context.fill();
  }
};

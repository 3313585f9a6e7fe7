// The chart of a year: coins there are, what all are worth, and how unequally coins are held. Written as SVG by hand, so that it
// needs no other part of the project and a difference between two runs can be read.

import { gini } from './measures.ts';
import type { Survey } from './survey.ts';

const width = 960;
const height = 420;
const left = 72;
const right = 56;
const top = 48;
const bottom = 40;

interface Line {
  readonly name: string;
  readonly colour: string;
  readonly dashed?: true;
  /** From 0 to 1 of the height, one a day. */
  readonly points: readonly number[];
}

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A round number at or above another: 1, 2 or 5 with zeros. */
const roundAbove = (amount: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, amount)));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= amount) ?? 10);
};

const xOf = (day: number, days: number): number => left + ((width - left - right) * day) / Math.max(1, days - 1);
const yOf = (share: number): number => top + (height - top - bottom) * (1 - share);

const polyline = ({ colour, dashed, points }: Line): string => {
  const path = points.map((share, day) => `${xOf(day, points.length).toFixed(1)},${yOf(share).toFixed(1)}`).join(' ');
  const dashes = dashed ? ' stroke-dasharray="5 4"' : '';
  return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"${dashes}/>`;
};

const label = (x: number, y: number, text: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${text}</text>`;

const quarters = [0, 0.25, 0.5, 0.75, 1];

/** Draws a year day by day: coins on the left scale, inequality on the right one. */
export const drawChart = (surveys: readonly Survey[]): string => {
  const worths = surveys.map(({ members }) => members.reduce((sum, { worth }) => sum + Math.max(0, worth), 0));
  const most = roundAbove(Math.max(...surveys.map(({ supply }) => supply), ...worths));
  const lines: readonly Line[] = [
    { name: 'coins there are', colour: '#2563a8', points: surveys.map(({ supply }) => supply / most) },
    { name: 'what all are worth', colour: '#2f855a', dashed: true, points: worths.map((worth) => worth / most) },
    {
      name: 'Gini coefficient of what each is worth (right)',
      colour: '#b7410e',
      points: surveys.map(({ members }) => gini(members.map(({ worth }) => worth))),
    },
  ];
  const grid = quarters.flatMap((share) => [
    `<line x1="${left}" x2="${width - right}" y1="${yOf(share)}" y2="${yOf(share)}" stroke="#d0d0d0"/>`,
    label(left - 8, yOf(share) + 4, short.format(most * share), 'text-anchor="end"'),
    label(width - right + 8, yOf(share) + 4, share.toFixed(2)),
  ]);
  const days = Array.from({ length: Math.floor(surveys.length / 30) + 1 }, (_, month) => month * 30);
  const dayLabels = days.map((day) =>
    label(xOf(day, surveys.length), height - bottom + 20, `day ${day}`, 'text-anchor="middle"'),
  );
  const legend = lines.flatMap(({ name, colour }, place) => {
    const x = left + place * 250;
    return [`<rect x="${x}" y="16" width="14" height="14" fill="${colour}"/>`, label(x + 20, 28, name)];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="#333">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...grid,
    ...dayLabels,
    ...lines.map(polyline),
    ...legend,
    '</svg>',
    '',
  ].join('\n');
};

/** A line over time. */
export interface LineChart {
  readonly kind: 'line-chart';
  /** What somebody who cannot see the picture is told; at most 1,024 characters. */
  readonly alternative: string;
  readonly title: string;
  /** Points in order of time: milliseconds since 1970 and a value. At least one. */
  readonly points: readonly (readonly [atMs: number, value: number])[];
  /** Digits behind the point on the scale of values. */
  readonly decimals: number;
}

/** What a picture shows. It is drawn away from the thread that runs operations, when its message leaves. */
export type Picture = LineChart;

/** A number of bytes as people read it. */
export const bytesText = (bytes: number): string => {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
};

/** A time as people and `--at` read it. */
export const timeText = (ms: number): string => new Date(ms).toISOString();

/** A span of time. */
export const spanText = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** A count of something. */
export const countText = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

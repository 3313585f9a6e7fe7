/** A value of somebody else's JSON as text: texts and numbers as they are, anything else as `fallback`. */
export const textOf = (value: unknown, fallback = ''): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : fallback;

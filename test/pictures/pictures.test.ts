import { afterEach, describe, expect, test } from 'vitest';
import type { LineChart } from '../../src/kernel/picture.ts';
import { PictureError, type Pictures, startPictures } from '../../src/pictures/pictures.ts';

const started: Pictures[] = [];
const start = (options: Parameters<typeof startPictures>[0] = {}): Pictures => {
  const pictures = startPictures(options);
  started.push(pictures);
  return pictures;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map((pictures) => pictures.stop()));
});

const noon = Date.UTC(2026, 10, 21, 12);
const chart = (points: LineChart['points'], title = 'TECH'): LineChart => ({
  kind: 'line-chart',
  alternative: 'a line',
  title,
  points,
  decimals: 2,
});
const rising = chart(Array.from({ length: 96 }, (_, index) => [noon + index * 900_000, 100 + index]));

/** Width and height that a PNG states in its header. */
const sizeOf = (png: Uint8Array): readonly [number, number] => {
  expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

const failureOf = async (picture: Promise<Uint8Array>): Promise<string> => {
  const error: unknown = await picture.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PictureError);
  return (error as PictureError).failure;
};

describe('a chart', () => {
  test('is a PNG of 800 by 400, the same bytes for the same picture, also by another thread', async () => {
    const pictures = start();
    const first = await pictures.render(rising);
    expect(sizeOf(first)).toEqual([800, 400]);
    expect(first.length).toBeGreaterThan(5_000);
    expect(Buffer.compare(await pictures.render(rising), first)).toBe(0);
    expect(Buffer.compare(await start().render(rising), first)).toBe(0);
  });

  test('shows its title, its points and its digits', async () => {
    const pictures = start();
    const drawn = await Promise.all(
      [
        rising,
        { ...rising, title: 'BANK' },
        { ...rising, points: rising.points.toReversed().map(([at], index) => [at, 100 + index] as const) },
        { ...rising, decimals: 0 },
        chart(rising.points.slice(0, 95)),
      ].map((picture) => pictures.render(picture)),
    );
    expect(new Set(drawn.map((png) => Buffer.from(png).toString('base64'))).size).toBe(5);
  });

  test('does not depend on what a screen reader is told', async () => {
    const pictures = start();
    const one = await pictures.render(rising);
    expect(Buffer.compare(await pictures.render({ ...rising, alternative: 'other' }), one)).toBe(0);
  });

  const numbers = [Number.NaN, Infinity, -Infinity, 0, -0, 5e-324, 1e308, -1e308, Number.MAX_SAFE_INTEGER];
  test.each<{ readonly name: string; readonly picture: LineChart }>([
    { name: 'no point', picture: chart([]) },
    { name: 'one point', picture: chart([[noon, 80]]) },
    { name: 'equal values', picture: chart([0, 1, 2].map((hour) => [noon + hour, 80])) },
    { name: 'only zeros', picture: chart([0, 1, 2].map((hour) => [noon + hour, 0])) },
    { name: 'points of one moment', picture: chart([1, 2, 3].map((value) => [noon, value])) },
    { name: 'points out of order', picture: chart([3, 1, 2].map((value) => [noon + value, value])) },
    { name: '10,000 points', picture: chart(Array.from({ length: 10_000 }, (_, at) => [noon + at, Math.sin(at)])) },
    {
      name: 'what is no number',
      picture: chart(numbers.flatMap((one) => numbers.map((other) => [one, other] as const))),
    },
    {
      name: 'ends of time',
      picture: chart([
        [-8.64e15, 1],
        [8.64e15, 2],
      ]),
    },
    {
      name: 'a tiny span',
      picture: chart([
        [noon, 1],
        [noon + 1, 1 + 1e-12],
      ]),
    },
    { name: 'an absurd title', picture: chart([[noon, 1]], `\u0000\u202E${'ab 🎉'.repeat(5_000)}`) },
    { name: 'absurd digits', picture: { ...rising, decimals: Number.NaN } },
    { name: 'very many digits', picture: { ...rising, decimals: 1e9 } },
  ])('of $name is drawn', async ({ picture }) => {
    expect(sizeOf(await start().render(picture))).toEqual([800, 400]);
  });

  test('leaves out what is no number, and draws the rest as if it were alone', async () => {
    const pictures = start();
    const clean = chart([
      [noon, 1],
      [noon + 1_000, 2],
    ]);
    const dirty = chart([
      [noon, 1],
      [noon + 500, Number.NaN],
      [Infinity, 7],
      [noon + 1_000, 2],
    ]);
    expect(Buffer.compare(await pictures.render(dirty), await pictures.render(clean))).toBe(0);
  });
});

describe('the thread', () => {
  const drawer = new URL('./failing.child.ts', import.meta.url);
  const titled = (title: string): LineChart => chart([[noon, 1]], title);

  test.each(['exit', 'throw'])(
    'that breaks down by %s loses what is under way; a new one draws the rest',
    async (how) => {
      const logged: unknown[] = [];
      const pictures = start({ drawer, log: { error: (...all: unknown[]) => logged.push(all) } });
      const wanted = ['a', how, 'b', 'c'].map((title) => pictures.render(titled(title)));
      expect(await wanted[0]).toEqual(Uint8Array.of(1));
      expect(await failureOf(wanted[1] as Promise<Uint8Array>)).toBe('crashed');
      // A new thread counts from one again.
      expect(await wanted[2]).toEqual(Uint8Array.of(1));
      expect(await wanted[3]).toEqual(Uint8Array.of(2));
      expect(logged).toHaveLength(1);
    },
  );

  test('that cannot draw a picture goes on with the next', async () => {
    const pictures = start({ drawer });
    const wanted = ['a', 'fail', 'b'].map((title) => pictures.render(titled(title)));
    expect(await failureOf(wanted[1] as Promise<Uint8Array>)).toBe('failed');
    expect(await wanted[2]).toEqual(Uint8Array.of(2));
  });

  test('that is not there leaves no one waiting', async () => {
    const pictures = start({ drawer: new URL('./nobody.ts', import.meta.url) });
    expect(await failureOf(pictures.render(titled('a')))).toBe('crashed');
    expect(await failureOf(pictures.render(titled('b')))).toBe('crashed');
  });

  test('is never sent what cannot be sent', async () => {
    const pictures = start({ drawer });
    const wrong = { ...titled('a'), title: (() => 'a') as unknown as string };
    const [failed, drawn] = [pictures.render(wrong), pictures.render(titled('b'))];
    expect(await failureOf(failed)).toBe('failed');
    expect(await drawn).toEqual(Uint8Array.of(1));
  });

  test('has at most 64 pictures waiting; beyond, one is refused at once, and there is room again later', async () => {
    const pictures = start({ drawer });
    const wanted = Array.from({ length: 66 }, () => pictures.render(titled('a')));
    expect(await failureOf(wanted[65] as Promise<Uint8Array>)).toBe('busy');
    expect(await wanted[64]).toEqual(Uint8Array.of(65));
    expect(await pictures.render(titled('a'))).toEqual(Uint8Array.of(66));
  });

  test('that is stopped rejects what is under way, what waits, and what comes later', async () => {
    const pictures = start({ drawer });
    const failures = ['a', 'b'].map((title) => failureOf(pictures.render(titled(title))));
    await pictures.stop();
    expect(await Promise.all(failures)).toEqual(['stopped', 'stopped']);
    expect(await failureOf(pictures.render(titled('c')))).toBe('stopped');
    await pictures.stop();
  });

  test('gets nothing of the environment', async () => {
    process.env.GUILDHALL_SECRET = 'secret';
    const pictures = start({ drawer: new URL('./environment.child.ts', import.meta.url) });
    const seen = Buffer.from(await pictures.render(titled('a'))).toString();
    delete process.env.GUILDHALL_SECRET;
    expect(seen).toBe('DISABLE_SYSTEM_FONTS_LOAD');
  });
});

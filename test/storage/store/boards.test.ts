import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { EncodedKey } from '../../../src/kernel/key.ts';
import {
  type Board,
  forgetPages,
  moveOnBoard,
  placeOnBoard,
  refillBoard,
  returnBoardChanges,
  storedBoard,
  takeBoardChanges,
  topOfBoard,
} from '../../../src/storage/orderings/board.ts';
import type { Rows } from '../../../src/storage/ports.ts';
import { memoryRows } from '../../../src/storage/rows/memory-rows.ts';

type Scores = Map<EncodedKey, number>;

const sorted = (scores: Scores): readonly (readonly [EncodedKey, number])[] =>
  [...scores].sort(([one, oneScore], [other, otherScore]) => otherScore - oneScore || (one < other ? -1 : 1));

const checkBoard = (board: Board, scores: Scores): void => {
  const expected = sorted(scores);
  expect(topOfBoard(board, 0, expected.length + 1)).toEqual(expected);
  for (let place = 0; place < expected.length; place += 37) {
    const [key, score] = expected[place] ?? expect.unreachable();
    expect(placeOnBoard(board, score, key)).toBe(place);
    expect(topOfBoard(board, place, 3)).toEqual(expected.slice(place, place + 3));
  }
  expect(placeOnBoard(board, -Infinity, '')).toBe(expected.length);
};

const move = (board: Board, scores: Scores, key: EncodedKey, score: number | undefined): void => {
  moveOnBoard(board, key, scores.get(key), score);
  if (score === undefined) scores.delete(key);
  else scores.set(key, score);
};

const save = async (rows: Rows, board: Board): Promise<void> => {
  await rows.write(takeBoardChanges(board).map(({ key, encode }) => ({ key, value: encode() })));
};

const pagesIn = (rows: Rows): number =>
  rows.range({ from: 'board', to: 'c', reverse: false, limit: 10_000 }).filter(([key]) => key.includes('page-')).length;

const pagesInMemory = ({ pages }: Board): number => pages.filter((page) => page !== undefined).length;

type Step =
  | { readonly do: 'move'; readonly members: readonly (readonly [number, number | undefined])[] }
  | { readonly do: 'fill' | 'drain'; readonly from: number; readonly count: number; readonly score: number }
  | { readonly do: 'save' | 'lose' | 'reopen' | 'forget' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('move' as const),
    members: fc.array(fc.tuple(fc.nat(600), fc.option(fc.integer({ min: -20, max: 20 }), { nil: undefined })), {
      maxLength: 100,
    }),
  }),
  fc.record({
    do: fc.constantFrom('fill' as const, 'drain' as const),
    from: fc.nat(600),
    count: fc.nat(400),
    score: fc.integer({ min: -(2 ** 50), max: 2 ** 50 }),
  }),
  fc.record({ do: fc.constantFrom('save' as const, 'lose' as const, 'reopen' as const, 'forget' as const) }),
);

describe('a board in counted pages', () => {
  property.prop([fc.array(step, { maxLength: 25 })], { numRuns: 150 })('is a sort of its scores', async (steps) => {
    const rows = memoryRows();
    let board = storedBoard(rows, 'board/');
    const scores: Scores = new Map();
    for (const next of steps) {
      switch (next.do) {
        case 'move':
          for (const [member, score] of next.members) move(board, scores, `m${member}`, score);
          break;
        case 'fill':
          for (let at = 0; at < next.count; at += 1) move(board, scores, `m${next.from + at}`, next.score + (at % 3));
          break;
        case 'drain':
          for (let at = 0; at < next.count; at += 1) move(board, scores, `m${next.from + at}`, undefined);
          break;
        case 'save':
          await save(rows, board);
          break;
        case 'lose':
          returnBoardChanges(board, takeBoardChanges(board));
          break;
        case 'reopen':
          await save(rows, board);
          board = storedBoard(rows, 'board/');
          break;
        case 'forget':
          await save(rows, board);
          forgetPages(board);
          break;
      }
    }
    checkBoard(board, scores);
    await save(rows, board);
    board = storedBoard(rows, 'board/');
    checkBoard(board, scores);
    // No page is left behind, and few are thin.
    expect(pagesIn(rows)).toBe(board.directory?.ids.length);
    expect(pagesIn(rows)).toBeLessThanOrEqual(2 + scores.size / 20);
  });

  test('shows a snapshot the entries as they were when it took them', async () => {
    const rows = memoryRows();
    const board = storedBoard(rows, 'board/');
    const scores: Scores = new Map();
    for (let at = 0; at < 300; at += 1) move(board, scores, `m${at}`, at);
    const before = new Map(scores);
    const writes = takeBoardChanges(board);
    for (let at = 0; at < 300; at += 1) move(board, scores, `m${at}`, at % 2 === 0 ? 1_000 - at : undefined);
    await rows.write(writes.map(({ key, encode }) => ({ key, value: encode() })));
    checkBoard(storedBoard(rows, 'board/'), before);
    checkBoard(board, scores);
  });

  test('lets go of no page that the disk has not as it is', async () => {
    const rows = memoryRows();
    const board = storedBoard(rows, 'board/');
    const scores: Scores = new Map();
    for (let at = 0; at < 2_000; at += 1) move(board, scores, `m${at}`, at);
    await save(rows, board);
    move(board, scores, 'm1000', 1);
    const pages = pagesInMemory(board);
    forgetPages(board);
    expect(pagesInMemory(board)).toBe(2);
    checkBoard(board, scores);
    expect(pagesInMemory(board)).toBe(pages);
  });

  test('made anew has no page of before, in memory or on disk', async () => {
    const rows = memoryRows();
    const board = storedBoard(rows, 'board/');
    for (let at = 0; at < 2_000; at += 1) move(board, new Map(), `m${at}`, at);
    refillBoard(board, [['m1', 5]], []);
    checkBoard(board, new Map([['m1', 5]]));
    await save(rows, board);
    expect(pagesIn(rows)).toBe(1);
    checkBoard(storedBoard(rows, 'board/'), new Map([['m1', 5]]));
  });

  test('of 100,000 members reads its directory and a page for the top, and one page for a place', async () => {
    const rows = memoryRows();
    const board = storedBoard(rows, 'board/');
    const scores: Scores = new Map();
    for (let at = 0; at < 100_000; at += 1) move(board, scores, `m${at}`, (at * 7_919) % 100_003);
    await save(rows, board);
    let reads = 0;
    const cold = storedBoard(
      {
        ...rows,
        get(key) {
          reads += 1;
          return rows.get(key);
        },
      },
      'board/',
    );
    expect(topOfBoard(cold, 0, 10)).toEqual(sorted(scores).slice(0, 10));
    expect(reads).toBe(2);
    placeOnBoard(cold, 50_000, 'm1');
    expect(reads).toBe(3);
  });

  test('refuses a page that is missing or has not the entries its directory counts', async () => {
    const rows = memoryRows();
    const board = storedBoard(rows, 'board/');
    for (let at = 0; at < 300; at += 1) moveOnBoard(board, `m${at}`, undefined, at);
    await save(rows, board);
    const [page] = rows.range({ from: 'board/page-', to: 'board/page-~', reverse: false, limit: 1 });
    const [key, bytes] = page ?? expect.unreachable();
    await rows.write([{ key, value: undefined }]);
    expect(() => topOfBoard(storedBoard(rows, 'board/'), 0, 300)).toThrow('is missing');
    await rows.write([{ key, value: bytes.slice(0, -3) }]);
    expect(() => topOfBoard(storedBoard(rows, 'board/'), 0, 300)).toThrow('cannot be decoded');
    await rows.write([{ key, value: Buffer.from([0x92, 0x91, 1, 0x91, 0xa1, 0x61]) }]);
    expect(() => topOfBoard(storedBoard(rows, 'board/'), 0, 300)).toThrow('entries');
  });
});

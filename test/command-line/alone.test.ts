// Working on a server while no actor has it, as `restore-guild` does where a bot runs.
import { afterEach, expect, test, vi } from 'vitest';
import { withGuild } from '../../src/command-line/service/alone.ts';
import { clockwork } from '../house/clockwork.ts';
import { home, inhabit } from '../house/people.ts';
import { testPerformer } from '../house/performer.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a server whose post to Discord does not end is too busy after ten seconds, and goes on as it was', async () => {
  const outside = testPerformer();
  const it = await inhabit({ features: [clockwork()], performer: outside });
  const { store, directory } = it.house();
  outside.hold();
  await it.ask('clockwork.send', { kind: 'post', to: 1, text: 'a' });
  await vi.waitFor(() => expect(outside.performed).toHaveLength(1));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const run = vi.fn();
  const work = withGuild({ store, directory }, home, run);
  const refused = expect(work).rejects.toThrow(`server ${home} is too busy: try again later. Nothing was changed.`);
  let answered = false;
  const asked = it.ask('clockwork.look').finally(() => {
    answered = true;
  });
  await vi.advanceTimersByTimeAsync(9_999);
  expect(answered).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await refused;
  expect(run).not.toHaveBeenCalled();
  expect(await asked).toHaveProperty('done');
  outside.release();
  await directory.settled();
  // Then it is free, at once.
  await withGuild({ store, directory }, home, run);
  expect(run).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

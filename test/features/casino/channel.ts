// A channel of a table: what members do there, where the table itself stands in none.
import { type ExecutionRuntime, execute } from '../../../src/actors/execute.ts';
import { parseCustomId } from '../../../src/kernel/component.ts';
import { outbox } from '../../../src/kernel/effect.ts';
import { type ChannelId, channelId, type MemberId } from '../../../src/kernel/ids.ts';
import type { Reply } from '../../../src/kernel/reply.ts';
import type { Answered, Table } from '../table.ts';

export const here = channelId('300000000000000001');
export const there = channelId('300000000000000002');

/** What the bot posted in a channel, or edited there: the card's value, in the order it was asked for. */
export const shownIn = <V>(table: Table, channel: string): readonly { readonly kind: string; readonly value: V }[] =>
  [...table.state.rows(outbox).values()]
    .map((row) => row as { kind: string; payload: { channel?: string; card?: { value: V } } })
    .filter(({ payload }) => payload.channel === channel && payload.card !== undefined)
    .map(({ kind, payload }) => ({ kind, value: payload.card?.value as V }));

/** A member's doings in a channel of the table. */
export const inChannel = (table: Table, channel: ChannelId = here) => {
  const { registry, state, clock, worlds } = table;
  const runtime: ExecutionRuntime = {
    registry,
    clock: { now: () => clock.now, monotonicMs: () => 0 },
    seeds: () => new Uint8Array(16).fill(++seed % 256),
    owners: new Set(),
    worlds,
    freezeRows: true,
  };
  let seed = 0;
  const perform = (member: MemberId, name: string, input: unknown): Answered => {
    const operation = registry.operations.get(name);
    if (!operation) throw new Error(`no operation ${name}`);
    const request = { guild: state.guild, member, permissions: 0n, channel, id: table.nextId(), operation, input };
    const execution = execute(state, { ...request, deadlineMs: 1 }, runtime);
    if (execution.commit) state.apply(execution.commit);
    const { answer } = execution;
    const text = registry.text('en');
    if ('refused' in answer) {
      const words = text(answer.refused, answer.with);
      return { refused: answer.refused, with: answer.with, reply: { private: true }, modal: undefined, words };
    }
    const view = operation.view(answer.done as never, text);
    const reply: Reply = 'modal' in view ? { private: true } : view;
    const modal = 'modal' in view ? view.modal : undefined;
    const parts = (reply.embeds ?? []).flatMap(({ title, description, fields = [], footer }) => {
      return [title, description, ...fields.flatMap((one) => [one.name, one.value]), footer];
    });
    const words = [reply.content, ...parts].filter((part) => part !== undefined).join('\n');
    return { refused: undefined, with: {}, reply, modal, words };
  };
  return {
    say: (who: MemberId, path: string, input: Readonly<Record<string, unknown>> = {}): Answered =>
      perform(who, registry.commands.get(path)?.operation.name ?? path, input),
    press: (who: MemberId, id: string, joined: Readonly<Record<string, unknown>> = {}): Answered => {
      const call = parseCustomId(id);
      if (!call) throw new Error(`no control ${id}`);
      return perform(who, call.operation, { ...call.input, ...joined });
    },
  };
};

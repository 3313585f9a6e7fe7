import type { InteractionEvent } from '../interactions/interactions.ts';
import { messageView } from '../messages.ts';
import { type Answer, ask } from '../people/ask.ts';
import { directPlace } from '../people/modals.ts';
import { type Action, openInteraction } from '../people/packet.ts';
import { type ControlRefusal, refuseControl } from '../people/refused.ts';
import type { Simulator } from '../simulator.ts';

/** Tells the watchers what came of an interaction: what was done, whether and how soon it was answered. */
const tellOutcome = (
  simulator: Simulator,
  { kind, name, data, person }: Action,
  answer: Answer,
  sentAt: number,
): void =>
  simulator.feed.tell(() => ({
    type: 'interaction',
    ...(person.guild === undefined ? {} : { guild: person.guild.id }),
    channel: person.channel.id,
    user: person.userId,
    kind,
    name: name ?? data['custom_id'],
    interaction: answer.interactionId,
    answered: answer.answered,
    deferred: answer.deferred,
    sentAt,
    latencyMs: answer.latencyMs,
  }));

/** Sends what somebody does to the bot and waits for the answer, at most `patienceMs` for a deferred one. */
export const perform = async (
  simulator: Simulator,
  action: Action | ControlRefusal,
  patienceMs: number,
): Promise<Answer | ControlRefusal> => {
  if ('refused' in action) return action;
  const { userId, guild } = action.person;
  if (simulator.world.users.get(userId)?.bot === true) {
    return refuseControl(400, 'not_a_person', 'a bot uses no commands, buttons or forms', 'user');
  }
  const interaction = openInteraction(simulator, action);
  let unkept: Pick<Answer, 'message'> = {};
  const keep = (event: InteractionEvent): void => {
    if (event.type === 'message') unkept = { message: messageView(simulator.world, event.message) };
  };
  if (action.isLoad === true) interaction.watchers.add(keep);
  // By the machine's clock, so that it can be laid beside what the bot's process tells.
  const sentAt = performance.timeOrigin + performance.now();
  const answer = await ask(simulator, interaction, patienceMs);
  interaction.watchers.delete(keep);
  if (action.kind === 'modal' && answer.answered) {
    const place = guild?.id ?? directPlace;
    if (simulator.openModals.of(place, userId)?.customId === action.data['custom_id']) {
      simulator.openModals.close(place, userId);
    }
  }
  // What leaves no trace in the channel is no part of what happened there.
  if (action.isLoad !== true) tellOutcome(simulator, action, answer, sentAt);
  return { ...answer, ...unkept };
};

/** Sends all of it before any of it is answered; the answers in the same order. Refuses when one cannot be done. */
export const performTogether = async (
  simulator: Simulator,
  actions: readonly (Action | ControlRefusal)[],
  patienceMs: number,
): Promise<{ readonly answers: readonly object[]; readonly elapsedMs: number } | ControlRefusal> => {
  const refused = actions.find((action) => 'refused' in action);
  if (refused !== undefined) return refused;
  const startedMs = performance.now();
  const answers = await Promise.all(actions.map((action) => perform(simulator, action, patienceMs)));
  const elapsedMs = performance.now() - startedMs;
  const failed = answers.find((answer) => 'refused' in answer);
  return failed ?? { answers, elapsedMs: Math.round(elapsedMs * 1_000) / 1_000 };
};

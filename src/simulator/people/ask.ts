import { type Attempt, firstAnswerMs, type Interaction, type InteractionEvent } from '../interactions/interactions.ts';
import { messageView } from '../messages.ts';
import type { Simulator } from '../simulator.ts';
import type { JsonObject, Message } from '../world/world.ts';
import { sendInteraction } from './packet.ts';

/** What somebody got for what they did, as the control API answers it. */
export interface Answer {
  /** Whether a message, a form or choices came. A deferred answer alone is none. */
  readonly answered: boolean;
  readonly deferred: boolean;
  readonly ephemeral: boolean;
  readonly message?: JsonObject;
  readonly modal?: JsonObject;
  readonly choices?: readonly unknown[];
  readonly latencyMs: number;
  readonly interactionId: string;
}

/** How long a deferred answer is waited for unless the asker says otherwise. */
export const defaultWaitMs = 10_000;

/** How long, after a deferred answer was deleted, a follow-up is waited for. */
const followUpMs = 1_000;

/** The inputs of a form in order, each with the label it stands under. */
const inputsOf = (components: readonly JsonObject[]): JsonObject[] =>
  components.flatMap((component) => {
    const labelled = component['component'] as JsonObject | undefined;
    const inner = labelled === undefined ? component['components'] : [labelled];
    if (!Array.isArray(inner)) return [];
    return (inner as JsonObject[]).map((input) => {
      const label = input['label'] ?? component['label'];
      return Object.assign({}, input, { customId: input['custom_id'], label });
    });
  });

const modalView = (modal: JsonObject): JsonObject => ({
  ...modal,
  customId: modal['custom_id'],
  fields: inputsOf((modal['components'] as JsonObject[] | undefined) ?? []),
});

const seen = (simulator: Simulator, message: Message | undefined): Pick<Answer, 'message'> =>
  message === undefined ? {} : { message: messageView(simulator.world, message) };

/**
 * Sends an interaction and waits: for the first answer three seconds of the simulator's time, for what a deferred
 * answer becomes `waitMs` real milliseconds from now.
 */
export const ask = (simulator: Simulator, interaction: Interaction, waitMs: number): Promise<Answer> => {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    let isDeferred = false;
    let isEphemeral = false;
    const finish = (answer: Partial<Answer>): void => {
      clearTimeout(timer);
      interaction.watchers.delete(watch);
      resolve({
        answered: false,
        deferred: isDeferred,
        ephemeral: isEphemeral,
        latencyMs: Math.round((performance.now() - startedMs) * 1_000) / 1_000,
        interactionId: interaction.id,
        ...answer,
      });
    };
    const watch = (event: InteractionEvent): void => {
      switch (event.type) {
        case 'deferred':
          isDeferred = true;
          isEphemeral = event.isEphemeral;
          clearTimeout(timer);
          // An update that was deferred and never came leaves the message as it is: nothing more will be seen.
          timer = setTimeout(() => finish({}), Math.max(waitMs - (performance.now() - startedMs), 1));
          return;
        case 'message':
          isEphemeral = event.message.viewerId !== undefined;
          return finish({ answered: true, ...(interaction.isLoad ? {} : seen(simulator, event.message)) });
        case 'modal':
          return finish({ answered: true, modal: modalView(event.modal) });
        case 'choices':
          return finish({ answered: true, choices: event.choices });
        case 'deleted':
          // What was taken back may come again in another form: a late refusal is deleted and told in private.
          clearTimeout(timer);
          timer = setTimeout(() => finish({ answered: true }), followUpMs);
          return;
        case 'expired':
        case 'closed':
          return finish({});
        case 'attempt':
          return;
        default:
          return event satisfies never;
      }
    };
    // The three seconds are told by `expired`; this only ends the waiting where the simulator's time stands still.
    let timer = setTimeout(() => finish({}), Math.max(waitMs, firstAnswerMs * 2));
    interaction.watchers.add(watch);
    sendInteraction(simulator, interaction);
  });
};

/** What came of delivering an interaction once more. */
export interface Redelivery {
  /** Whether Discord took an answer. */
  readonly answered: boolean;
  /** What the bot tried, in order, and what it was told. */
  readonly callbacks: readonly Attempt[];
  /** The message as it now stands for the interaction. */
  readonly message?: JsonObject;
  readonly interactionId: string;
}

const redeliveryWaitMs = 3_000;
const deferredTypes: ReadonlySet<number | undefined> = new Set([5, 6]);

/**
 * Sends a known interaction again, with the same id and token, and waits for what the bot tries: until it has said
 * something (a deferred answer alone does not end the waiting) or `waitMs` real milliseconds, 3,000 by default.
 */
export const redeliver = (
  simulator: Simulator,
  interaction: Interaction,
  waitMs: number = redeliveryWaitMs,
): Promise<Redelivery> =>
  new Promise((resolve) => {
    const callbacks: Attempt[] = [];
    const finish = (): void => {
      clearTimeout(timer);
      interaction.watchers.delete(watch);
      resolve({
        answered: callbacks.some((attempt) => attempt.status < 300),
        callbacks,
        ...seen(simulator, interaction.original),
        interactionId: interaction.id,
      });
    };
    const watch = (event: InteractionEvent): void => {
      if (event.type === 'closed') return finish();
      if (event.type !== 'attempt') return;
      callbacks.push(event.attempt);
      if (event.attempt.route !== 'callback' || !deferredTypes.has(event.attempt.type)) finish();
    };
    const timer = setTimeout(finish, waitMs);
    interaction.watchers.add(watch);
    sendInteraction(simulator, interaction);
  });

import { randomUUID } from 'node:crypto';
import type { SimulatorClock } from '../clock.ts';
import type { JsonObject, Message } from '../world/world.ts';

/** Discord's limit for the first answer. */
export const firstAnswerMs = 3_000;
/** How long Discord takes anything for an interaction. */
export const tokenLifetimeMs = 15 * 60_000;

/** What somebody did. */
export type InteractionKind = 'command' | 'component' | 'modal' | 'autocomplete';

/** Discord's numbers of interaction types. */
export const interactionNumber: Readonly<Record<InteractionKind, number>> = {
  command: 2,
  component: 3,
  autocomplete: 4,
  modal: 5,
};

/** A try of the bot to answer, and what it was told. */
export interface Attempt {
  /** `callback`, `edit` or `follow-up`. */
  readonly route: 'callback' | 'edit' | 'follow-up';
  /** The callback's type. */
  readonly type?: number;
  readonly status: number;
  /** Discord's code of the refusal. */
  readonly code?: number;
  /** What it wanted to say. */
  readonly data?: unknown;
}

/** What happens to an interaction, for those who wait for it. */
export type InteractionEvent =
  | { readonly type: 'deferred'; readonly isEphemeral: boolean }
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'deleted' }
  | { readonly type: 'modal'; readonly modal: JsonObject }
  | { readonly type: 'choices'; readonly choices: readonly unknown[] }
  | { readonly type: 'attempt'; readonly attempt: Attempt }
  /** Three seconds went by without an answer. */
  | { readonly type: 'expired' }
  /** The local Discord ends: nothing more will come. */
  | { readonly type: 'closed' };

/** Something a person did, on its way to an answer. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly kind: InteractionKind;
  readonly userId: string;
  /** Absent in direct messages. */
  readonly guildId?: string;
  readonly channelId: string;
  /** The command's name, for the head of the answer. */
  readonly name?: string;
  /** The message whose component was used, or from which the modal came. */
  readonly source?: Message;
  readonly createdAtMs: number;
  /** The data of INTERACTION_CREATE, as JSON. */
  packet: string;
  state: 'waiting' | 'deferred' | 'answered';
  /** What `@original` means. */
  original: Message | undefined;
  /** Answers are not kept in the channel. */
  readonly isLoad: boolean;
  readonly watchers: Set<(event: InteractionEvent) => void>;
}

/** The interactions that are known. */
export interface Interactions {
  /** Makes an interaction; its packet is set by the maker. */
  readonly open: (
    spec: Omit<Interaction, 'token' | 'createdAtMs' | 'packet' | 'state' | 'original' | 'watchers'>,
  ) => Interaction;
  /** Oldest first. */
  readonly all: () => readonly Interaction[];
  readonly byToken: (token: string) => Interaction | undefined;
  /** The newest with this id. */
  readonly byId: (id: string) => Interaction | undefined;
  /** Tells those who wait. */
  readonly tell: (interaction: Interaction, event: InteractionEvent) => void;
  /** Ends the waiting for those whose three seconds are over. */
  readonly sweep: () => void;
  /** Tells all who wait that nothing more will come. */
  readonly close: () => void;
}

const keptMax = 10_000;
const sweepMs = 50;

/**
 * The interactions, with those of an earlier run. The three seconds are counted on the simulator's clock; the oldest of
 * 10,000 is forgotten. `changed` hears of each new one that is to be kept over a restart, and of each answer to it.
 */
export const createInteractions = (
  clock: SimulatorClock,
  earlier: readonly Interaction[],
  changed: () => void,
): Interactions => {
  const byToken = new Map<string, Interaction>();
  const byId = new Map<string, Interaction>();
  let unanswered: Interaction[] = [];
  for (const interaction of earlier) {
    byToken.set(interaction.token, interaction);
    byId.set(interaction.id, interaction);
  }
  const tell = (interaction: Interaction, event: InteractionEvent): void => {
    if (!interaction.isLoad) changed();
    for (const watcher of interaction.watchers) watcher(event);
  };
  const sweep = (): void => {
    const now = clock.now();
    // In order of creation, so everything before the first that still has time has answered or is too late.
    const firstInTime = unanswered.findIndex((each) => now - each.createdAtMs < firstAnswerMs);
    const passed = firstInTime === -1 ? unanswered : unanswered.slice(0, firstInTime);
    unanswered = firstInTime === -1 ? [] : unanswered.slice(firstInTime).filter((each) => each.state === 'waiting');
    for (const interaction of passed) {
      if (interaction.state === 'waiting') tell(interaction, { type: 'expired' });
    }
  };
  const timer = setInterval(sweep, sweepMs);
  timer.unref();
  return {
    open: (spec) => {
      const token = `local-${spec.id}-${randomUUID()}`;
      const interaction: Interaction = {
        ...spec,
        token,
        createdAtMs: clock.now(),
        packet: '',
        state: 'waiting',
        original: undefined,
        watchers: new Set(),
      };
      byToken.set(token, interaction);
      byId.set(interaction.id, interaction);
      unanswered.push(interaction);
      if (!interaction.isLoad) changed();
      if (byToken.size > keptMax) {
        for (const [oldestToken, oldest] of byToken) {
          byToken.delete(oldestToken);
          if (byId.get(oldest.id) === oldest) byId.delete(oldest.id);
          break;
        }
      }
      return interaction;
    },
    all: () => Array.from(byToken.values()),
    byToken: (token) => byToken.get(token),
    byId: (id) => byId.get(id),
    tell,
    sweep,
    close: () => {
      clearInterval(timer);
      for (const interaction of byToken.values()) {
        for (const watcher of interaction.watchers) watcher({ type: 'closed' });
      }
    },
  };
};

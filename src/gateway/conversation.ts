import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIInteraction,
  InteractionType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { Logger } from 'pino';
import type { Directory } from '../actors/request.ts';
import type { Clock } from '../kernel/clock.ts';
import { snowflakeTime } from '../kernel/ids.ts';
import type { Completion } from '../kernel/option.ts';
import type { Refusal } from '../kernel/outcome.ts';
import type { Modal, Reply } from '../kernel/reply.ts';
import { createDeferrals } from './deferrals.ts';
import { type Exchange, isRefusedForm, lostCause, type Replier } from './exchange.ts';
import type { Drawing, Illustrator } from './pictures.ts';
import type { Languages, Presenter } from './present.ts';
import { describeFailure } from './redact.ts';
import type { Asked, Routed, Router } from './route.ts';
import { gatewayRefusal } from './text.ts';
import { clean, truncate } from './words.ts';

const suggestionsMax = 25;
const suggestionMax = 100;

/** What a conversation is made of. */
export interface ConversationParts {
  readonly router: Router;
  readonly directory: Directory;
  readonly presenter: Presenter;
  readonly replier: Replier;
  readonly illustrate: Illustrator;
  readonly log: Logger;
  readonly clock: Clock;
}

const languagesOf = (interaction: Asked): Languages => ({
  member: interaction.locale,
  guild: interaction.guild_locale ?? interaction.locale,
});

const pressedMessage = (interaction: Asked): Exchange['pressed'] => {
  const message = interaction.type === InteractionType.ApplicationCommand ? undefined : interaction.message;
  return message && { private: ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0 };
};

const exchangeOf = (interaction: Asked, receivedMs: number, visibility: Routed['visibility']): Exchange => ({
  id: interaction.id,
  token: interaction.token,
  application: interaction.application_id,
  receivedMs,
  pressed: pressedMessage(interaction),
  visibility,
  answered: false,
  deferred: undefined,
});

/** Choices that Discord takes: a name that is too long is cut, a value that is too long would be another value. */
const shownChoices = (completions: readonly Completion[]): readonly Completion[] =>
  completions
    .map(({ name, value }) => ({ name: truncate(clean(name), suggestionMax), value }))
    .filter(({ name, value }) => name.trim() !== '' && value !== '' && value.length <= suggestionMax)
    .slice(0, suggestionsMax);

/**
 * Answers interactions. `receive` never throws and whatever fails inside is logged: an operation that is committed
 * stays so, whether or not its answer arrives.
 */
export const createConversation = (parts: ConversationParts) => {
  const { router, directory, presenter, replier, illustrate, log, clock } = parts;
  let open = 0;
  let waiters: (() => void)[] = [];

  const report = (exchange: Pick<Exchange, 'id' | 'receivedMs'>, error: unknown): void => {
    const context = {
      interaction: exchange.id,
      afterMs: Math.round(clock.monotonicMs() - exchange.receivedMs),
      // By Discord's clock and ours, which may differ.
      ageMs: clock.now() - snowflakeTime(exchange.id),
      failure: describeFailure(error),
    };
    const cause = lostCause(error);
    if (cause === undefined) log.error(context, 'an answer failed');
    else log.warn({ ...context, cause }, 'an answer reached nobody');
  };

  const deferrals = createDeferrals<Exchange>(clock, (exchange) => {
    exchange.deferred = replier.defer(exchange).then(
      () => true,
      (error: unknown) => {
        report(exchange, error);
        return false;
      },
    );
  });

  const send = async (exchange: Exchange, output: Reply | Modal, drawings: readonly Drawing[] = []): Promise<void> => {
    // A form is never deferred.
    if ('modal' in output || !exchange.deferred) await replier.answer(exchange, output, drawings);
    // When deferring failed, that was reported then.
    else if (await exchange.deferred) await replier.answerLate(exchange, output, drawings);
  };

  const deliver = async (exchange: Exchange, output: Reply | Modal, languages: Languages): Promise<void> => {
    // Drawn before the answer counts as given: what takes long to draw is deferred like what takes long to find out.
    const drawings = await illustrate(output);
    exchange.answered = true;
    try {
      await send(exchange, output, drawings);
    } catch (error) {
      report(exchange, error);
      if (!isRefusedForm(error)) return;
      const apology = presenter.refusal(gatewayRefusal('gateway.unshowable'), languages);
      await send(exchange, apology).catch((again: unknown) => report(exchange, again));
    }
  };

  const route = (interaction: Asked, receivedMs: number): Routed | Refusal => {
    try {
      return router.route(interaction, receivedMs);
    } catch (error) {
      log.error({ interaction: interaction.id, failure: describeFailure(error) }, 'an interaction could not be read');
      return gatewayRefusal('gateway.unreadable');
    }
  };

  const converse = async (interaction: Asked, receivedMs: number): Promise<void> => {
    const languages = languagesOf(interaction);
    const routed = route(interaction, receivedMs);
    if ('refused' in routed) {
      const exchange = exchangeOf(interaction, receivedMs, 'private');
      return deliver(exchange, presenter.refusal(routed, languages), languages);
    }
    const { request, visibility } = routed;
    const exchange = exchangeOf(interaction, receivedMs, visibility);
    if (request.operation.kind !== 'form') deferrals.watch(exchange);
    const answer = await directory.ask(request);
    const output = presenter.answer(request.operation, answer, languages, visibility);
    return deliver(exchange, output, languages);
  };

  const suggest = async (
    interaction: APIApplicationCommandAutocompleteInteraction,
    receivedMs: number,
  ): Promise<void> => {
    let choices: readonly Completion[] = [];
    try {
      const question = router.suggestion(interaction);
      if (question) choices = shownChoices(await directory.suggest(question));
    } catch (error) {
      log.error({ interaction: interaction.id, failure: describeFailure(error) }, 'suggestions failed');
    }
    await replier.suggest(interaction, choices).catch((error: unknown) => {
      report({ id: interaction.id, receivedMs }, error);
    });
  };

  const handle = async (interaction: APIInteraction): Promise<void> => {
    const receivedMs = clock.monotonicMs();
    switch (interaction.type) {
      case InteractionType.Ping:
        return;
      case InteractionType.ApplicationCommandAutocomplete:
        return suggest(interaction, receivedMs);
      case InteractionType.ApplicationCommand:
      case InteractionType.MessageComponent:
      case InteractionType.ModalSubmit:
        return converse(interaction, receivedMs);
      default:
        log.warn('Discord sent an interaction of a kind that is not known');
    }
  };

  const close = (): void => {
    open -= 1;
    if (open > 0) return;
    for (const resolve of waiters) resolve();
    waiters = [];
  };

  return {
    /** Takes an interaction as Discord sent it. */
    receive: (interaction: APIInteraction): void => {
      open += 1;
      handle(interaction).then(close, (error: unknown) => {
        log.error({ failure: describeFailure(error) }, 'an interaction could not be handled');
        close();
      });
    },
    /** Resolves when no interaction is being answered. */
    idle: (): Promise<void> => {
      if (open === 0) return Promise.resolve();
      return new Promise((resolve) => {
        waiters.push(resolve);
      });
    },
  };
};

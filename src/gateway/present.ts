import type { Logger } from 'pino';
import type { Answer } from '../actors/request.ts';
import type { AnyOperation } from '../kernel/operation.ts';
import type { Refusal } from '../kernel/outcome.ts';
import type { Registry } from '../kernel/registry.ts';
import type { Modal, Reply } from '../kernel/reply.ts';
import { describeFailure } from './redact.ts';
import { gatewayRefusal } from './text.ts';

/** The languages of the two who may read an answer. */
export interface Languages {
  readonly member: string;
  readonly guild: string;
}

/**
 * Puts answers into words. Private answers are in the member's language, public ones in the server's. Neither function
 * throws: an answer whose words are at fault belongs to an operation that is done, so the member is told just that.
 */
export const createPresenter = (registry: Registry, log: Logger) => {
  const say = (refusal: Refusal, languages: Languages): Reply => ({
    private: true,
    content: registry.text(languages.member)(refusal.refused, refusal.with),
  });

  const refusal = (refused: Refusal, languages: Languages): Reply => {
    try {
      return say(refused, languages);
    } catch (error) {
      log.error({ code: refused.refused, failure: describeFailure(error) }, 'a refusal has no words');
      return say(gatewayRefusal('gateway.unshowable'), languages);
    }
  };

  const view = (operation: AnyOperation, value: unknown, languages: Languages, guess: 'private' | 'public') => {
    const guessed = guess === 'private' ? languages.member : languages.guild;
    const output = operation.view(value as never, registry.text(guessed));
    // Only the answer itself says who reads it; where the guess was wrong it is put into words once more.
    const language = 'modal' in output || output.private ? languages.member : languages.guild;
    return language === guessed ? output : operation.view(value as never, registry.text(language));
  };

  return {
    refusal,
    /** The words of an answer. `guess` is who probably reads it. */
    answer: (
      operation: AnyOperation,
      answer: Answer,
      languages: Languages,
      guess: 'private' | 'public',
    ): Reply | Modal => {
      if ('refused' in answer) return refusal(answer, languages);
      try {
        return view(operation, answer.done, languages, guess);
      } catch (error) {
        log.error(
          { operation: operation.name, failure: describeFailure(error) },
          'an answer could not be put into words',
        );
        return say(gatewayRefusal('gateway.unshowable'), languages);
      }
    },
  };
};

export type Presenter = ReturnType<typeof createPresenter>;

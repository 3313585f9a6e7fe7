import { REST } from 'discord.js';
import type { APIInteraction } from 'discord-api-types/v10';
import { createConversation } from '../../src/gateway/conversation.ts';
import { createReplier } from '../../src/gateway/exchange.ts';
import { createIllustrator, type Pictures } from '../../src/gateway/pictures.ts';
import { createPresenter } from '../../src/gateway/present.ts';
import { createRouter } from '../../src/gateway/route.ts';
import { createTransport } from '../../src/gateway/transport.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { type Reaction, type Received, startEndpoint } from './endpoint.ts';
import { createTestDirectory, createTestLog, testRegistry } from './house.ts';

export const secret = 'c2VjcmV0LXRva2VuLW9mLWFuLWludGVyYWN0aW9u';
const bot = '100000000000000001';
export const guild = '200000000000000001';
export const member = '300000000000000001';
let sequence = 0;

const base = (type: number, data: object) => {
  sequence += 1;
  return {
    id: String((BigInt(Date.now() - 1_420_070_400_000) << 22n) + BigInt(sequence)),
    application_id: bot,
    token: secret,
    type,
    data,
    guild_id: guild,
    locale: 'en-GB',
    guild_locale: 'en-US',
    member: { user: { id: member }, permissions: '8' },
  };
};
/** An interaction as Discord sends it, or nearly so. */
export type Sent = Omit<ReturnType<typeof base>, 'member' | 'guild_id'> & Record<string, unknown>;

/** A slash command. */
export const slash = (name: string, parts: { words?: string[]; options?: object[] } = {}): Sent => {
  const options = (parts.words ?? []).reduceRight<object[]>(
    (inner, word, index, words) => [{ type: index === words.length - 1 ? 1 : 2, name: word, options: inner }],
    parts.options ?? [],
  );
  return base(2, { id: '1', type: 1, name, options });
};
/** The command that answers otherwise than it says. */
export const odd = (visibility: 'public' | 'private', way: string): Sent =>
  slash('odd', {
    words: visibility === 'public' ? ['public'] : ['deep', 'private'],
    options: [{ type: 3, name: 'way', value: way }],
  });
/** A press of a button on a message with these flags. */
export const press = (customId: string, flags = 0): Sent => ({
  ...base(3, { component_type: 2, custom_id: customId }),
  message: { id: '9', flags },
});

const stops: (() => void)[] = [];
/** Ends all endpoints. */
export const stopAll = (): void => {
  for (const stop of stops.splice(0)) stop();
};

/** Discord takes it. */
export const ok: Reaction = { status: 204 };
/** Discord refuses it. */
export const refusal = (code: number, status = 404): Reaction => ({ status, body: { code, message: 'no' } });

/** A conversation over the real REST client with an endpoint that reacts as told. */
export const start = async (
  react: (request: Received, before: readonly Received[]) => Reaction = () => ok,
  registry = testRegistry(),
  pictures?: Pictures,
) => {
  const endpoint = await startEndpoint(react);
  const { log, lines } = createTestLog();
  const clock = systemClock();
  const { makeRequest } = createTransport({ clock, onUnauthorised: () => undefined });
  const rest = new REST({ api: endpoint.api, retries: 0, makeRequest });
  const house = createTestDirectory();
  stops.push(endpoint.stop, () => {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  });
  const conversation = createConversation({
    router: createRouter(registry),
    directory: house.directory,
    presenter: createPresenter(registry, log),
    replier: createReplier(rest),
    illustrate: createIllustrator(pictures, log),
    log,
    clock,
  });
  return {
    house,
    lines,
    received: endpoint.received,
    /** Delivers interactions, as they are, and gives what reached Discord once all is answered. */
    deliver: async (...interactions: Sent[]): Promise<readonly Received[]> => {
      for (const interaction of interactions) conversation.receive(interaction as unknown as APIInteraction);
      await conversation.idle();
      return endpoint.received;
    },
  };
};

/** The text of an answer. */
export const shownIn = (request: Received | undefined): string => {
  const body = request?.body as { data?: { content?: string }; content?: string } | undefined;
  return body?.data?.content ?? body?.content ?? '';
};
/** The flags of an answer. */
export const flagsOf = (request: Received | undefined): unknown =>
  (request?.body as { data?: { flags?: number } } | undefined)?.data?.flags ??
  (request?.body as { flags?: number } | undefined)?.flags;
/** The type of a callback. */
export const typeOf = (request: Received | undefined): unknown =>
  (request?.body as { type?: number } | undefined)?.type;

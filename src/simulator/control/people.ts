import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createMessage, messageView } from '../messages.ts';
import { defaultWaitMs, redeliver } from '../people/ask.ts';
import { slash, typeOption } from '../people/commands.ts';
import { press } from '../people/components.ts';
import { submit } from '../people/modals.ts';
import { findDirectPerson, findPerson, findVisibleMessage } from '../people/person.ts';
import { refuseControl } from '../people/refused.ts';
import { reactTo, unreactTo } from '../reactions.ts';
import type { Simulator } from '../simulator.ts';
import { perform, performTogether } from './performing.ts';
import { controlHandler, snowflake } from './reading.ts';

const waitMs = z.number().int().min(1).max(120_000).default(defaultWaitMs);
const messageContentMax = 2_000;
/** What every interaction of a person may carry. */
const common = {
  user: snowflake,
  interactionId: snowflake.optional(),
  forge: z.boolean().optional(),
  waitMs,
};
const commandWords = z.string().trim().min(1).max(200);
const typedOptions = z.record(z.string(), z.unknown()).default({});

const commandBody = z.strictObject({
  ...common,
  command: commandWords,
  options: typedOptions,
  channel: snowflake.optional(),
  kept: z.boolean().default(true),
});
const togetherBody = z.strictObject({
  actions: z
    .array(z.strictObject({ user: snowflake, command: commandWords, options: typedOptions }))
    .min(1)
    .max(1_000),
  channel: snowflake.optional(),
  kept: z.boolean().default(true),
  waitMs,
});
const autocompleteBody = z.strictObject({
  ...common,
  command: commandWords,
  options: typedOptions,
  focused: z.string().min(1).max(32),
  channel: snowflake.optional(),
});
const componentBody = z.strictObject({
  ...common,
  message: snowflake,
  customId: z.string().max(4_000),
  values: z.array(z.string()).max(25).optional(),
});

const directComponentBody = componentBody.omit({ user: true });
const modalBody = z.strictObject({
  ...common,
  customId: z.string().max(4_000),
  fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
  channel: snowflake.optional(),
});
const directModalBody = modalBody.omit({ user: true, channel: true });
const messageBody = z.strictObject({
  user: snowflake,
  channel: snowflake.optional(),
  content: z.string().min(1).max(messageContentMax),
  replyTo: snowflake.optional(),
});
const directBody = z.strictObject({ content: z.string().min(1).max(messageContentMax) });
const reactionBody = z.strictObject({
  user: snowflake,
  channel: snowflake.optional(),
  message: snowflake,
  emoji: z.string().min(1).max(64),
  remove: z.boolean().default(false),
});
const redeliverBody = z.strictObject({ interactionId: snowflake, waitMs: waitMs.optional() });

const say = (simulator: Simulator, guild: string, body: z.infer<typeof messageBody>): object => {
  const person = findPerson(simulator, guild, body.user, body.channel);
  if ('refused' in person) return person;
  const { channel } = person;
  if (body.replyTo !== undefined && !channel.messages.has(body.replyTo)) {
    return refuseControl(404, 'unknown_message', 'there is no such message in this channel', 'replyTo');
  }
  const message = createMessage(simulator, {
    channel,
    authorId: body.user,
    type: body.replyTo === undefined ? 0 : 19,
    draft: { content: body.content },
    ...(body.replyTo === undefined ? {} : { reference: { channelId: channel.id, messageId: body.replyTo } }),
  });
  return { message: messageView(simulator.world, message) };
};

const react = (simulator: Simulator, guild: string, body: z.infer<typeof reactionBody>): object => {
  const person = findPerson(simulator, guild, body.user, body.channel);
  if ('refused' in person) return person;
  const message = findVisibleMessage(person, body.message);
  if ('refused' in message) return message;
  if (message.viewerId !== undefined) {
    return refuseControl(409, 'ephemeral', 'nobody can react to a message for one person', 'message');
  }
  (body.remove ? unreactTo : reactTo)(simulator, message, body.user, body.emoji);
  return { message: messageView(simulator.world, message) };
};

const sayDirectly = (simulator: Simulator, userId: string, content: string): object => {
  const person = findDirectPerson(simulator, userId);
  if ('refused' in person) return person;
  const message = createMessage(simulator, {
    channel: person.channel,
    authorId: userId,
    type: 0,
    draft: { content },
  });
  return { message: messageView(simulator.world, message) };
};

/** The routes by which somebody plays the people. */
export const mountPeople = (app: FastifyInstance, simulator: Simulator): void => {
  app.post(
    '/sim/guilds/:g/commands',
    controlHandler(commandBody, (body, { g = '' }) =>
      perform(simulator, slash(simulator, { ...body, guild: g, isLoad: !body.kept }), body.waitMs),
    ),
  );
  app.post(
    '/sim/guilds/:g/together',
    controlHandler(togetherBody, ({ actions, channel, kept, waitMs: patienceMs }, { g = '' }) =>
      performTogether(
        simulator,
        actions.map((action) => slash(simulator, { ...action, channel, guild: g, isLoad: !kept })),
        patienceMs,
      ),
    ),
  );
  app.post(
    '/sim/guilds/:g/autocomplete',
    controlHandler(autocompleteBody, (body, { g = '' }) =>
      perform(simulator, typeOption(simulator, { ...body, guild: g }, body.focused), body.waitMs),
    ),
  );
  app.post(
    '/sim/guilds/:g/components',
    controlHandler(componentBody, (body, { g = '' }) =>
      perform(simulator, press(simulator, { ...body, guild: g }), body.waitMs),
    ),
  );
  app.post(
    '/sim/direct-messages/:u/components',
    controlHandler(directComponentBody, (body, { u = '' }) =>
      perform(simulator, press(simulator, { ...body, user: u }), body.waitMs),
    ),
  );
  app.post(
    '/sim/guilds/:g/modals',
    controlHandler(modalBody, (body, { g = '' }) =>
      perform(simulator, submit(simulator, { ...body, guild: g }), body.waitMs),
    ),
  );
  app.post(
    '/sim/direct-messages/:u/modals',
    controlHandler(directModalBody, (body, { u = '' }) =>
      perform(simulator, submit(simulator, { ...body, user: u }), body.waitMs),
    ),
  );
  app.post(
    '/sim/guilds/:g/messages',
    controlHandler(messageBody, (body, { g = '' }) => say(simulator, g, body)),
  );
  app.post(
    '/sim/guilds/:g/reactions',
    controlHandler(reactionBody, (body, { g = '' }) => react(simulator, g, body)),
  );
  app.post(
    '/sim/users/:u/messages',
    controlHandler(directBody, (body, { u = '' }) => sayDirectly(simulator, u, body.content)),
  );
  app.post(
    '/sim/redeliver',
    controlHandler(redeliverBody, (body) => {
      const interaction = simulator.interactions.byId(body.interactionId);
      return interaction === undefined
        ? refuseControl(404, 'unknown_interaction', 'that interaction is not known (any more)', 'interactionId')
        : redeliver(simulator, interaction, body.waitMs);
    }),
  );
};

import { type REST, Routes } from 'discord.js';
import type { APIChannel, APIMessage, APIUser } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import type { EffectJob, Performance } from '../../actors/performer.ts';
import { assert } from '../../kernel/assert.ts';
import type { ShownCard } from '../../kernel/card.ts';
import type { Clock } from '../../kernel/clock.ts';
import {
  directMessage,
  type EffectFailure,
  editMessage,
  giveRole,
  postMessage,
  takeRole,
} from '../../kernel/effect.ts';
import type { GuildId } from '../../kernel/ids.ts';
import type { Registry } from '../../kernel/registry.ts';
import type { ReaderLanguages } from '../languages.ts';
import { type MessageBody, messageBody } from '../payload.ts';
import { createIllustrator, type Drawing, type Pictures, pictureFiles } from '../pictures.ts';
import { describeFailure } from '../redact.ts';
import type { Performers } from './by-kind.ts';
import { findEarlier } from './earlier.ts';
import { performanceOf } from './ends.ts';
import { remembered } from './remembered.ts';
import { createRoleGuard } from './roles.ts';

/** What performs effects on Discord. */
export interface DiscordPerformerParts {
  /** The client's own: its queues, limits and breaker hold for effects as for everything else. */
  readonly rest: REST;
  readonly registry: Pick<Registry, 'cards' | 'text'>;
  readonly languages: ReaderLanguages;
  /** Without it cards are posted without their pictures. */
  readonly pictures?: Pictures | undefined;
  readonly log: Logger;
  readonly clock: Clock;
}

interface Letter {
  readonly body: MessageBody;
  readonly drawings: readonly Drawing[];
}

/** An effect that can never be performed as it is: a card that throws, a payload of another form. */
class UnperformableError extends Error {
  override readonly name = 'UnperformableError';
}

/** Runs what is our own and not Discord's. */
const own = <T>(make: () => T): T => {
  try {
    return make();
  } catch (cause) {
    throw new UnperformableError('this effect cannot be made', { cause });
  }
};

const channelsMax = 20_000;
const directChannelsMax = 20_000;

/**
 * The text under which Discord knows a post again: the same for every performance of an effect, at most 25 characters
 * (13 of a guild's id in base 36, a dot, 9 of a row's).
 */
export const nonceOf = ({ guild, id }: Pick<EffectJob, 'guild' | 'id'>): string =>
  `${BigInt(guild).toString(36)}.${id}`;

/**
 * Performs `discord.post`, `edit`, `direct-message`, `give-role` and `take-role`. Whatever goes wrong is an end or a
 * pause; an error of our own (a card that throws, a payload of another form) is logged and ends `rejected`.
 */
export const createDiscordPerformer = (parts: DiscordPerformerParts): Performers => {
  const { rest, registry, languages, log, clock } = parts;
  const illustrate = createIllustrator(parts.pictures, log);
  const homes = remembered<string>(channelsMax);
  const directChannels = remembered<string>(directChannelsMax);

  let self: Promise<string> | undefined;
  const me = (): Promise<string> => {
    self ??= (rest.get(Routes.user()) as Promise<APIUser>).then(({ id }) => id);
    self.catch(() => {
      self = undefined;
    });
    return self;
  };
  const standsAgainst = createRoleGuard(rest, me, clock);

  /** A server speaks in its own channels only. Channels never move to another one. */
  const strangeTo = async (guild: GuildId, channel: string): Promise<EffectFailure | undefined> => {
    let home = homes.get(channel);
    if (home === undefined) {
      const found = (await rest.get(Routes.channel(channel))) as APIChannel;
      home = 'guild_id' in found && found.guild_id !== undefined ? found.guild_id : '';
      homes.set(channel, home);
    }
    return home === guild ? undefined : 'forbidden';
  };

  const write = async ({ card, value }: ShownCard, language: string): Promise<Letter> => {
    const reply = own(() => {
      const known = registry.cards.get(card);
      assert(known !== undefined, `there is a card ${card}`);
      return known.view(value as never, registry.text(language));
    });
    const drawings = await illustrate(reply);
    return { body: messageBody(reply, drawings), drawings };
  };

  const send = async (channel: string, letter: Letter, nonce: string): Promise<Performance> => {
    const body = { ...letter.body, nonce, enforce_nonce: true };
    const files = pictureFiles(letter.drawings);
    const posted = (await rest.post(Routes.channelMessages(channel), { body, files })) as APIMessage;
    return { done: { message: posted.id } };
  };

  const post = async (job: EffectJob): Promise<Performance> => {
    const { channel, card } = own(() => postMessage.payload.parse(job.payload));
    const failed = await strangeTo(job.guild, channel);
    if (failed) return { failed };
    const letter = await write(card, languages.guild(job.guild));
    const nonce = nonceOf(job);
    if (job.repeated) {
      const wanted = { author: await me(), nonce, body: letter.body, nowMs: clock.now() };
      const earlier = await findEarlier(rest, channel, wanted);
      if (earlier !== undefined) return { done: { message: earlier } };
    }
    return send(channel, letter, nonce);
  };

  const edit = async ({ guild, payload }: EffectJob): Promise<Performance> => {
    const { channel, message, card } = own(() => editMessage.payload.parse(payload));
    const failed = await strangeTo(guild, channel);
    if (failed) return { failed };
    const { body, drawings } = await write(card, languages.guild(guild));
    await rest.patch(Routes.channelMessage(channel, message), { body, files: pictureFiles(drawings) });
    return { done: {} };
  };

  const openDirect = async (member: string): Promise<string> => {
    const known = directChannels.get(member);
    if (known !== undefined) return known;
    const { id } = (await rest.post(Routes.userChannels(), { body: { recipient_id: member } })) as APIChannel;
    directChannels.set(member, id);
    return id;
  };

  const tellDirectly = async (job: EffectJob): Promise<Performance> => {
    const { member, card } = own(() => directMessage.payload.parse(job.payload));
    const letter = await write(card, languages.member(job.guild, member));
    const channel = await openDirect(member);
    try {
      return await send(channel, letter, nonceOf(job));
    } catch (error) {
      return end(job, error, false);
    }
  };

  const changeRole =
    (of: typeof giveRole, method: 'put' | 'delete') =>
    async ({ guild, payload }: EffectJob): Promise<Performance> => {
      const { member, role, reason } = own(() => of.payload.parse(payload));
      const failed = await standsAgainst(guild, role);
      if (failed) return { failed };
      await rest[method](Routes.guildMemberRole(guild, member, role), reason === '' ? {} : { reason });
      return { done: {} };
    };

  const end = ({ guild, kind }: EffectJob, error: unknown, mayRepeat: boolean): Performance => {
    if (error instanceof UnperformableError) {
      log.error({ guild, kind, failure: describeFailure(error) }, 'an effect cannot be made');
      return { failed: 'rejected' };
    }
    const performance = performanceOf(error, mayRepeat);
    log.warn({ guild, kind, ...performance, failure: describeFailure(error) }, 'Discord did not do what was wanted');
    return performance;
  };

  const kinds = new Map<string, (job: EffectJob) => Promise<Performance>>([
    [postMessage.kind, post],
    [editMessage.kind, edit],
    [directMessage.kind, tellDirectly],
    [giveRole.kind, changeRole(giveRole, 'put')],
    [takeRole.kind, changeRole(takeRole, 'delete')],
  ]);
  const ended = (perform: (job: EffectJob) => Promise<Performance>) => (job: EffectJob) =>
    perform(job).catch((error: unknown) => end(job, error, true));
  return new Map([...kinds].map(([kind, perform]) => [kind, ended(perform)]));
};

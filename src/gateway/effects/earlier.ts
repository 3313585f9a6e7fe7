import { type REST, Routes } from 'discord.js';
import type { APIMessage } from 'discord-api-types/v10';
import { snowflakeTime } from '../../kernel/ids.ts';
import type { MessageBody } from '../payload.ts';

const searched = 50;
/** The same words may well be posted again another day; a performance that broke off is taken up again before long. */
const earlierMsMax = 3_600_000;

type Shown = Pick<APIMessage, 'content' | 'embeds' | 'components'> | MessageBody;

const controlIds = (components: readonly object[]): readonly string[] =>
  components.flatMap((part) => [
    ...('custom_id' in part ? [String(part.custom_id)] : []),
    ...('components' in part ? controlIds(part.components as readonly object[]) : []),
  ]);

/** What a message shows, as a text: equal for a message as sent and as Discord gives it back, without outer spaces. */
const shownBy = ({ content, embeds, components = [] }: Shown): string =>
  JSON.stringify([
    content.trim(),
    embeds.map(({ title, description, fields, footer }) => [
      title?.trim() ?? '',
      description?.trim() ?? '',
      (fields ?? []).map(({ name, value }) => [name.trim(), value.trim()]),
      footer?.text.trim() ?? '',
    ]),
    controlIds(components),
  ]);

/**
 * The id of a message that `author` posted in the channel within the last hour, and that is among its newest 50: the one
 * with this nonce, or, since Discord does not keep nonces, the newest that shows the same. Rejects with Discord's refusal.
 */
export const findEarlier = async (
  rest: REST,
  channel: string,
  wanted: { readonly author: string; readonly nonce: string; readonly body: MessageBody; readonly nowMs: number },
): Promise<string | undefined> => {
  const query = new URLSearchParams({ limit: String(searched) });
  const newest = (await rest.get(Routes.channelMessages(channel), { query })) as readonly APIMessage[];
  const own = newest.filter(
    ({ id, author }) => author.id === wanted.author && wanted.nowMs - snowflakeTime(id) < earlierMsMax,
  );
  const shown = shownBy(wanted.body);
  const found = own.find(({ nonce }) => nonce === wanted.nonce) ?? own.find((message) => shownBy(message) === shown);
  return found?.id;
};

import type { EffectJob, Performance } from '../../src/actors/performer.ts';
import { performByKind } from '../../src/gateway/effects/by-kind.ts';
import { createDiscord, type Gateway } from '../../src/gateway/gateway.ts';
import type { MembershipEvents } from '../../src/gateway/ingest.ts';
import type { Pictures } from '../../src/gateway/pictures.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { type GuildId, rowId } from '../../src/kernel/ids.ts';
import { startSimulator } from '../../src/simulator/start.ts';
import { createTestDirectory, createTestLog, testRegistry } from './house.ts';

/** A message as the control API shows it. */
export interface Said {
  readonly id: string;
  readonly content: string;
  readonly embeds: readonly { readonly title?: string; readonly image?: { readonly url: string } }[];
  readonly attachments: readonly { readonly filename: string; readonly description?: string; readonly url: string }[];
}

/** A server as the control API shows it. */
export interface GuildNow {
  readonly id: string;
  readonly channels: readonly { readonly id: string }[];
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  readonly members: readonly { readonly id: string; readonly bot: boolean; readonly roles: readonly string[] }[];
}

interface State {
  readonly guilds: readonly GuildNow[];
  readonly refusals: readonly { readonly route: string; readonly code: number }[];
}

let sequence = 0;

/** The real client over the local Discord, with a performer of effects and somebody who hears of memberships. */
export const openEffectsHouse = async (
  spec: { pictures?: Pictures; memberships?: MembershipEvents; shards?: number } = {},
) => {
  let offsetMs = 0;
  const simulator = await startSimulator({
    port: 0,
    parent: { clock: (ms) => void (offsetMs = ms) },
  });
  const { log, lines } = createTestLog();
  const directory = createTestDirectory();
  const discord = createDiscord({
    registry: testRegistry(),
    token: 'token',
    api: `${simulator.url}/api`,
    watchesMembers: true,
    ...(spec.shards !== undefined && { shards: { ids: [...Array(spec.shards).keys()], count: spec.shards } }),
    pictures: spec.pictures,
    log,
    clock: systemClock(() => offsetMs),
  });
  const gateway: Gateway = await discord.start({ directory: directory.directory, memberships: spec.memberships });
  const performer = performByKind([discord.performers], log);

  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${simulator.url}/sim${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const answer: unknown = await response.json();
    if (response.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer as T;
  };
  const state = (): Promise<State> => call('GET', '/state');
  const guildNow = async (id: string): Promise<GuildNow> => {
    const found = (await state()).guilds.find((one) => one.id === id);
    if (!found) throw new Error('the server is there');
    return found;
  };
  return {
    discord,
    directory,
    lines,
    call,
    guildNow,
    refusals: async () => (await state()).refusals,
    messages: (guild: string, channel: string) =>
      call<readonly Said[]>('GET', `/guilds/${guild}/channels/${channel}/messages`),
    /** A server with this many people in it. */
    settle: async (people: number) => {
      const { id } = await call<{ id: string }>('POST', '/guilds', { name: 'Guild', members: people });
      const guild = await guildNow(id);
      const [channel] = guild.channels;
      return {
        guild: id as GuildId,
        channel: channel?.id ?? '',
        people: guild.members.filter(({ bot }) => !bot).map((one) => one.id),
      };
    },
    /** Has an effect performed, under an id of its own unless one is given. */
    perform: (guild: GuildId, kind: string, payload: unknown, more: Partial<EffectJob> = {}): Promise<Performance> => {
      sequence += 1;
      return performer.perform({ guild, id: rowId(sequence), kind, payload, repeated: false, ...more });
    },
    stop: async (): Promise<void> => {
      await gateway.stop();
      await simulator.stop();
    },
  };
};

export type EffectsHouse = Awaited<ReturnType<typeof openEffectsHouse>>;

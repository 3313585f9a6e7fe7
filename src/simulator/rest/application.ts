import { refusals } from '../refusal.ts';
import { userPayload, userPayloadOf } from '../world/payloads.ts';
import type { RestRoute } from './route.ts';

const identifiesPerDay = 1_000;

/** The bot itself: where its gateway is, who it is. */
export const applicationRoutes: readonly RestRoute[] = [
  {
    method: 'GET',
    path: '/gateway/bot',
    handle: (simulator) => ({
      status: 200,
      body: {
        url: `${simulator.url().replace('http', 'ws')}/gateway`,
        shards: 1,
        session_start_limit: {
          total: identifiesPerDay,
          remaining: identifiesPerDay,
          reset_after: 86_400_000,
          max_concurrency: 16,
        },
      },
    }),
  },
  {
    method: 'GET',
    path: '/gateway',
    isOpen: true,
    handle: (simulator) => ({ status: 200, body: { url: `${simulator.url().replace('http', 'ws')}/gateway` } }),
  },
  {
    method: 'GET',
    path: '/users/:user',
    handle: ({ world }, request) => {
      const asked = request.params['user'] ?? '';
      const user = world.users.get(asked === '@me' ? world.botId : asked);
      return user === undefined ? refusals.unknownUser : { status: 200, body: userPayload(user) };
    },
  },
  {
    method: 'GET',
    path: '/applications/@me',
    handle: ({ world }) => ({
      status: 200,
      body: {
        id: world.applicationId,
        name: world.users.get(world.botId)?.name ?? '',
        icon: null,
        description: '',
        bot_public: true,
        bot_require_code_grant: false,
        verify_key: '0'.repeat(64),
        flags: 0,
        team: null,
        owner: userPayloadOf(world, ownerOf(world.guilds)),
        bot: userPayloadOf(world, world.botId),
      },
    }),
  },
];

/** The bot belongs to the owner of the oldest server. */
const ownerOf = (guilds: ReadonlyMap<string, { readonly ownerId: string }>): string => {
  for (const guild of guilds.values()) return guild.ownerId;
  return '0';
};

// The least a discord.js bot can do: the peer that round trips are compared with. It answers every command with a card
// of fixed words, with the client as its documentation starts it.
import { Client, Events, GatewayIntentBits } from 'discord.js';

const api = process.env['ECHO_API'];
if (api === undefined) throw new Error('ECHO_API is not set');

const shardCount = Number(process.env['ECHO_SHARDS'] ?? 1);
const messages = process.env['ECHO_MESSAGES'] ? [GatewayIntentBits.GuildMessages] : [];
const client = new Client({
  intents: [GatewayIntentBits.Guilds, ...messages],
  shards: [...Array(shardCount).keys()],
  shardCount,
  rest: { api, globalRequestsPerSecond: Infinity },
});
client.on(Events.InteractionCreate, (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  void interaction.reply({
    embeds: [
      {
        color: 0xf1c40f,
        fields: [
          { name: 'Wallet', value: '100 coins' },
          { name: 'Bank', value: '0 coins' },
        ],
      },
    ],
  });
});
client.on(Events.Error, (error) => {
  throw error;
});
client.once(Events.ClientReady, () => process.send?.({ type: 'ready' }));
process.on('disconnect', () => process.exit(0));
await client.login('local');

// Discord's permissions by name, for people whom somebody adds.
import { find, make } from './elements.js';

/** Names as Discord's settings say them, with the bit of each. */
export const permissions = [
  [
    'General',
    [
      ['View Channels', 10],
      ['Manage Channels', 4],
      ['Manage Roles', 28],
      ['Create Expressions', 43],
      ['Manage Expressions', 30],
      ['View Audit Log', 7],
      ['View Server Insights', 19],
      ['View Monetization Insights', 41],
      ['Manage Webhooks', 29],
      ['Manage Server', 5],
      ['Administrator', 3],
    ],
  ],
  [
    'Members',
    [
      ['Create Invite', 0],
      ['Change Nickname', 26],
      ['Manage Nicknames', 27],
      ['Kick Members', 1],
      ['Ban Members', 2],
      ['Time Out Members', 40],
    ],
  ],
  [
    'Text',
    [
      ['Send Messages', 11],
      ['Send Messages in Threads', 38],
      ['Create Public Threads', 35],
      ['Create Private Threads', 36],
      ['Embed Links', 14],
      ['Attach Files', 15],
      ['Add Reactions', 6],
      ['Use External Emoji', 18],
      ['Use External Stickers', 37],
      ['Mention Everyone', 17],
      ['Manage Messages', 13],
      ['Pin Messages', 51],
      ['Bypass Slowmode', 52],
      ['Manage Threads', 34],
      ['Read Message History', 16],
      ['Send Text-to-Speech Messages', 12],
      ['Send Voice Messages', 46],
      ['Create Polls', 49],
    ],
  ],
  [
    'Voice',
    [
      ['Connect', 20],
      ['Speak', 21],
      ['Video', 9],
      ['Use Soundboard', 42],
      ['Use External Sounds', 45],
      ['Use Voice Activity', 25],
      ['Priority Speaker', 8],
      ['Mute Members', 22],
      ['Deafen Members', 23],
      ['Move Members', 24],
      ['Set Voice Channel Status', 48],
    ],
  ],
  [
    'Apps and events',
    [
      ['Use Application Commands', 31],
      ['Use Activities', 39],
      ['Use External Apps', 50],
      ['Request to Speak', 32],
      ['Create Events', 44],
      ['Manage Events', 33],
    ],
  ],
];

/** Draws the list of checkboxes. */
export const mountPermissions = () =>
  find('permission-list').replaceChildren(
    ...permissions.map(([group, names]) =>
      make(
        'fieldset',
        {},
        make('legend', { textContent: group }),
        ...names.map(([name, bit]) =>
          make('label', {}, make('input', { type: 'checkbox', name: 'permission', value: String(bit) }), name),
        ),
      ),
    ),
  );

/** The checked ones as Discord writes them: a decimal string of bits. */
export const chosenPermissions = () =>
  String(
    [...find('permission-list').querySelectorAll('input:checked')].reduce(
      (bits, { value }) => bits | (1n << BigInt(value)),
      0n,
    ),
  );

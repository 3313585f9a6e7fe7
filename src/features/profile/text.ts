import type { Messages } from '../../kernel/text.ts';

/** Words of `/profile`. */
export const messages = {
  'core.profile.describe': 'See your profile, or another member’s',
  'core.profile.member': 'Whose profile; yours if left out',
  'core.profile.section': 'Only this part of it',
  'core.profile.public': 'Show your own to everybody in the channel',
  'core.profile.explain':
    'Shows what you have and have done here. Looking at your own pays your debts first, as /balance does; looking at somebody else changes nothing and shows less. With public, everybody in the channel sees your own.',
  'core.profile.own': 'This is your profile.',
  'core.profile.of': 'This is the profile of {member}.',
  'core.profile.empty': 'There is nothing in it yet.',
  'core.profile.no-section': 'There is no such section. The sections are: {names}.',
  'core.profile.not-yours': 'Only your own profile can be shown to everybody. Leave out public, or the member.',
  'core.profile.bot': 'Bots have no profile. Choose a member instead.',
  'core.profile.absent': 'That person is not in this server, so they have no profile here.',
} satisfies Messages;

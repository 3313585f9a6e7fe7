import type { Feature } from '../../kernel/feature.ts';
import { expireApplication, expireDenial } from './applications.ts';
import { clanBoard, clanSection, clanStatistics, clanStatus } from './boards.ts';
import {
  bank,
  bankCommand,
  depositCommand,
  depositForm,
  depositOwn,
  depositTyped,
  withdrawCommand,
  withdrawForm,
  withdrawOwn,
  withdrawTyped,
} from './commands/bank.ts';
import { create, createCommand } from './commands/create.ts';
import { disband, disbandCommand } from './commands/disband.ts';
import { info, infoCommand, infoOf } from './commands/info.ts';
import { acceptInvitation, declineInvitation, inviteCommand, inviteMember } from './commands/invite.ts';
import { join, joinChosen, joinCommand, takeBack } from './commands/join.ts';
import { leave, leaveCommand } from './commands/leave.ts';
import { members, membersCommand, turnMembers } from './commands/members.ts';
import { approve, deny, requests, requestsCommand, turnRequests } from './commands/requests.ts';
import { demote, demoteCommand, kick, kickCommand, promote, promoteCommand } from './commands/roles.ts';
import { clanSettings, settingsCommand } from './commands/settings.ts';
import { shares, sharesCommand } from './commands/shares.ts';
import { top, topCommand } from './commands/top.ts';
import { cancelTransfer, confirmTransfer, transfer, transferChosen, transferCommand } from './commands/transfer.ts';
import { correctContribution } from './corrected.ts';
import { interestJob, payInterest } from './interest.ts';
import { invariants } from './invariants.ts';
import { expireInvitation } from './invitations.ts';
import { announceLevy, levyJob, levyNoticeJob, takeLevy, unlockAll, unlockJob } from './levy.ts';
import { beginMending, mendClans } from './mend.ts';
import { clanNews, clanNotice } from './notices.ts';
import { perkExtensions } from './perks.ts';
import { settings } from './settings.ts';
import {
  applicants,
  applications,
  clanNames,
  clans as clanRows,
  denials,
  interestRuns,
  invitations,
  memberships,
  mendings,
  roster,
} from './state.ts';
import { eraseMembership, followOwners, successionJob } from './succession.ts';
import { messages } from './text.ts';

/** In-game guilds with a treasury of their own: `/guild`. */
export const clans: Feature = {
  name: 'clans',
  pack: 'economy',
  commands: [
    createCommand,
    joinCommand,
    leaveCommand,
    bankCommand,
    depositCommand,
    withdrawCommand,
    membersCommand,
    topCommand,
    infoCommand,
    inviteCommand,
    transferCommand,
    sharesCommand,
    promoteCommand,
    demoteCommand,
    kickCommand,
    disbandCommand,
    requestsCommand,
    settingsCommand,
  ],
  operations: [
    create,
    join,
    joinChosen,
    takeBack,
    leave,
    bank,
    depositOwn,
    withdrawOwn,
    depositForm,
    withdrawForm,
    depositTyped,
    withdrawTyped,
    members,
    turnMembers,
    top,
    info,
    infoOf,
    inviteMember,
    acceptInvitation,
    declineInvitation,
    expireInvitation,
    transfer,
    transferChosen,
    confirmTransfer,
    cancelTransfer,
    shares,
    promote,
    demote,
    kick,
    disband,
    requests,
    turnRequests,
    approve,
    deny,
    expireApplication,
    expireDenial,
    clanSettings,
    takeLevy,
    announceLevy,
    unlockAll,
    payInterest,
    followOwners,
    mendClans,
  ],
  collections: [
    clanRows,
    clanNames,
    memberships,
    roster,
    applications,
    applicants,
    denials,
    invitations,
    interestRuns,
    mendings,
  ],
  reactions: [eraseMembership, beginMending, correctContribution],
  settings,
  invariants,
  messages,
  boards: [clanBoard],
  profile: [clanSection],
  extensions: [clanStatistics, clanStatus, ...perkExtensions],
  jobs: [levyNoticeJob, levyJob, unlockJob, interestJob, successionJob],
  cards: [clanNotice, clanNews],
};

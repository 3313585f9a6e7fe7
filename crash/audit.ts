import type { Books, Entry, MemberBooks } from './books.ts';
import { requestKey } from './books.ts';
import { type Deed, type OpenRequest, ownKinds } from './deeds.ts';

/** What is wrong, in a line each. */
export interface Findings {
  /** Answered, and not there. */
  readonly lost: string[];
  /** There, and nobody asked for it or had it answered so. */
  readonly created: string[];
}

const own: ReadonlySet<string> = new Set(ownKinds);

const told = ({ guild, member, kind, change, wallet, bank }: Deed): string =>
  `${kind} of member ${member} in server ${guild} (${JSON.stringify({ change, wallet, bank })})`;

/** Whether a line of a history is what a deed was to be, and was answered to be. */
const isOf = ({ kind, change, other, wallet, bank }: Deed, { line }: Entry): boolean => {
  const [, lineKind, walletChange, bankChange, , walletAfter, bankAfter, lineOther] = line;
  return (
    lineKind === kind &&
    (change === undefined || (change.wallet === walletChange && change.bank === bankChange)) &&
    (other === undefined || other === lineOther) &&
    (wallet === undefined || wallet === walletAfter) &&
    (bank === undefined || bank === bankAfter)
  );
};

/** Each line goes on from the one before, and the last is the account. */
const auditHistory = (who: string, member: MemberBooks, { created, lost }: Findings): void => {
  let wallet = 0;
  let bank = 0;
  const once = new Set<string>();
  for (const { at, line } of member.history) {
    const [, kind, walletChange, bankChange, , walletAfter, bankAfter] = line;
    wallet += walletChange;
    bank += bankChange;
    if (wallet !== walletAfter || bank !== bankAfter) {
      (walletAfter + bankAfter > wallet + bank ? created : lost).push(
        `${who}: a line does not go on from the one before`,
      );
      wallet = walletAfter;
      bank = bankAfter;
    }
    if (kind !== 'start' && kind !== 'interest' && kind !== 'daily') continue;
    const day = kind === 'start' ? kind : `${kind} ${new Date(at).toISOString().slice(0, 10)}`;
    if (once.has(day)) created.push(`${who}: ${day} twice`);
    once.add(day);
  }
  if (member.entries !== member.history.length) {
    lost.push(`${who}: ${member.history.length} of ${member.entries} lines of the history are there`);
  }
  if (member.wallet !== wallet || member.bank !== bank) {
    const more = member.wallet + member.bank > wallet + bank;
    (more ? created : lost).push(
      `${who}: the account has ${member.wallet}, ${member.bank}, its history ${wallet}, ${bank}`,
    );
  }
};

/** Every answered deed has its line, in its place; every line is a deed's. Settles what was in doubt. */
const auditDeeds = (deeds: readonly Deed[], history: readonly Entry[], { lost, created }: Findings): void => {
  const lines = history.filter(({ line: [, kind] }) => own.has(kind));
  let at = 0;
  for (const deed of deeds) {
    if (deed.fate === 'refused' || deed.fate === 'did not happen') continue;
    const entry = lines[at];
    const there = entry !== undefined && isOf(deed, entry);
    if (there) at += 1;
    if (deed.fate === 'in doubt' || deed.fate === 'under way') deed.fate = there ? 'happened' : 'did not happen';
    else if (!there) lost.push(told(deed));
    if (there && entry !== undefined) {
      deed.wallet ??= entry.line[5];
      deed.bank ??= entry.line[6];
    }
  }
  for (const { line } of lines.slice(at)) created.push(`a line that nobody asked for: ${line.join(', ')}`);
};

const auditShares = (
  who: string,
  deeds: readonly Deed[],
  member: MemberBooks | undefined,
  findings: Findings,
): void => {
  const expected = new Map<string, number>();
  for (const { fate, shares } of deeds) {
    if (shares === undefined || (fate !== 'done' && fate !== 'happened')) continue;
    expected.set(shares.symbol, (expected.get(shares.symbol) ?? 0) + shares.count);
  }
  const symbols = new Set([...expected.keys(), ...(member?.shares.keys() ?? [])]);
  for (const symbol of symbols) {
    const has = member?.shares.get(symbol) ?? 0;
    const should = expected.get(symbol) ?? 0;
    if (has < should) findings.lost.push(`${who}: ${should} shares of ${symbol} were bought, ${has} are there`);
    if (has > should) findings.created.push(`${who}: ${has} shares of ${symbol}, of ${should} that were bought`);
  }
};

const auditRequest = (request: OpenRequest, books: Books, { lost, created }: Findings): void => {
  if (request.fate === 'being accepted') request.fate = request.accepted?.fate === 'happened' ? 'closed' : 'open';
  const row = books.requests.get(requestKey(request.by, request.id));
  const who = `request ${request.id} of member ${request.by} in server ${request.guild}`;
  if (request.fate === 'closed') {
    if (row !== undefined) created.push(`${who} was paid and is open`);
  } else if (row === undefined) {
    if (books.lastAt < request.expiresAt) lost.push(`${who} was answered and is not there`);
  } else if (row.asked !== request.asked || row.coins !== request.coins) created.push(`${who} is another one`);
};

/**
 * Compares a server's books with everything that was asked and answered in it, and settles what was in doubt: the disk
 * is read while no bot runs, so it says what happened.
 */
export const audit = (
  guild: string,
  books: Books,
  deeds: readonly Deed[],
  requests: readonly OpenRequest[],
): Findings => {
  const findings: Findings = { lost: [], created: [] };
  const { held, total, minted, burned } = books;
  if (held !== minted - burned || total !== held) {
    const more = held > minted - burned;
    findings[more ? 'created' : 'lost'].push(
      `server ${guild}: ${minted} made, ${burned} unmade, ${held} held, ${total} held as the store sums it`,
    );
  }
  if (!books.verified) findings.lost.push(`server ${guild}: the rows are not those its head counted`);
  const byMember = new Map<string, Deed[]>();
  for (const deed of deeds) {
    if (deed.guild !== guild) continue;
    const ofMember = byMember.get(deed.member);
    if (ofMember === undefined) byMember.set(deed.member, [deed]);
    else ofMember.push(deed);
  }
  for (const member of new Set([...byMember.keys(), ...books.members.keys()])) {
    const who = `member ${member} in server ${guild}`;
    const found = books.members.get(member);
    const asked = byMember.get(member) ?? [];
    if (found !== undefined) auditHistory(who, found, findings);
    auditDeeds(asked, found?.history ?? [], findings);
    auditShares(who, asked, found, findings);
  }
  for (const request of requests) if (request.guild === guild) auditRequest(request, books, findings);
  return findings;
};

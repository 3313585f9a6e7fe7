// Run by kill.test.ts: keeps 64 entries on their way, says the last durable position, until it is killed.
import { guildId } from '../../../src/kernel/ids.ts';
import { openSegmentJournal } from '../../../src/storage/journal/segment-journal.ts';

const outstandingMax = 64;
const journal = await openSegmentJournal({
  folder: process.argv[2] ?? '',
  durability: process.argv[3] === 'process' ? 'process' : 'power',
  segmentBytesMax: 400_000,
});
const claim = journal.claim(guildId('111111111111111111'));
const append = (): number => {
  const next = String(last + 1);
  return journal.append(claim, Buffer.from(next.padEnd(300, '.')));
};
let last: number = journal.durablePosition;
journal.listen({
  durable(position) {
    process.stdout.write(`${position}\n`);
    while (last < position + outstandingMax) last = append();
  },
  failed(error) {
    throw error;
  },
});
last = append();

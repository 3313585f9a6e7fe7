import { memoryFiles } from '../../../src/storage/journal/memory-files.ts';
import { journalContract } from './contract.ts';

journalContract('a simulated disk', async () => memoryFiles());
journalContract('a simulated disk, zeros written ahead', async () => memoryFiles({ preallocates: true }));

import { type Block, emptyBlock } from './block.ts';

/** Empty blocks kept for the next ones. */
const spareBlocksMax = 4;

/** Entries appended and not yet on their way to the disk, in blocks. */
export const openQueue = () => {
  const sealed: Block[] = [];
  const spare: Block[] = [];
  let gathering = emptyBlock();
  const take = (): Block => spare.pop() ?? emptyBlock();
  return {
    /** The block this many bytes belong in. */
    blockFor(bytes: number): Block {
      if (!gathering.takes(bytes)) {
        sealed.push(gathering);
        gathering = take();
      }
      return gathering;
    },
    /** The next block to write, which may still grow. */
    peek(): Block | undefined {
      const first = sealed[0] ?? gathering;
      return first.count === 0 ? undefined : first;
    },
    /** Takes it out; everything appended from now on goes into another. */
    next(): Block | undefined {
      const first = sealed.shift();
      if (first !== undefined || gathering.count === 0) return first;
      const block = gathering;
      gathering = take();
      return block;
    },
    recycle(block: Block): void {
      block.clear();
      if (spare.length < spareBlocksMax) spare.push(block);
    },
  };
};

// The contract as features import it.

export { type Card, card, show } from '../../../src/kernel/card.ts';
export { type Collection, collection } from '../../../src/kernel/collection.ts';
export type { Mutation, Query } from '../../../src/kernel/context.ts';
export { type EffectEnd, effect, followingInput } from '../../../src/kernel/effect.ts';
export { type Event, event, reaction } from '../../../src/kernel/event.ts';
export { extension, extensionPoint } from '../../../src/kernel/extension.ts';
export type { Feature } from '../../../src/kernel/feature.ts';
export type { EpochMs, MemberId } from '../../../src/kernel/ids.ts';
export { type JobRun, sweep } from '../../../src/kernel/job.ts';
export { form, mutation, type Operation, query, task } from '../../../src/kernel/operation.ts';
export { amountOption, memberOption, options } from '../../../src/kernel/option.ts';
export { done, refuse } from '../../../src/kernel/outcome.ts';
export type { Modal, Reply } from '../../../src/kernel/reply.ts';
export { type World, world } from '../../../src/kernel/world.ts';

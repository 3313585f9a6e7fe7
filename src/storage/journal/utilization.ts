/** Shorter windows would say more of the last few operations than of how busy the process is. */
const windowMs = 100;
/** Share of its time in which the event loop had something to do, from which on it counts as busy. */
const busyShare = 0.75;

/** Tells whether this process had little time to spare lately. Costs next to nothing, however often it is asked. */
export const watchUtilization = (): (() => boolean) => {
  let sampled = performance.eventLoopUtilization();
  let sampledMs = performance.now();
  let isBusy = false;
  return () => {
    const nowMs = performance.now();
    if (nowMs - sampledMs < windowMs) return isBusy;
    const current = performance.eventLoopUtilization();
    isBusy = performance.eventLoopUtilization(current, sampled).utilization >= busyShare;
    sampled = current;
    sampledMs = nowMs;
    return isBusy;
  };
};

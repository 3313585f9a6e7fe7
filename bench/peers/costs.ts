import { PerformanceObserver } from 'node:perf_hooks';

/** What this process spends from now on. The function that is given back ends the counting. */
export const countCosts = (): (() => { readonly cpuUs: number; readonly gcMs: number }) => {
  let gcMs = 0;
  const add = (entries: readonly { readonly duration: number }[]): void => {
    for (const { duration } of entries) gcMs += duration;
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    add(observer.takeRecords());
    observer.disconnect();
    return { cpuUs: user + system, gcMs };
  };
};

import type { Reporter, TestModule } from 'vitest/node';

/** Ends a test run with the one line that machines read: `N passed, N failed`. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    let passed = 0;
    let failed = 0;
    for (const module of modules) {
      if (module.state() === 'failed' && module.children.size === 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        if (state === 'failed') failed += 1;
      }
    }
    // After the default reporter's own summary, which is printed in the same hook.
    process.once('exit', () => console.log(`${passed} passed, ${failed} failed`));
  }
}

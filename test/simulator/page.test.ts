import { expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/start.ts';

test('the page is served with its script, and lets nothing from elsewhere in', async () => {
  const simulator = await startSimulator({ port: 0 });
  const page = await fetch(`${simulator.url}/`);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  const script = /src="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const served = await fetch(new URL(script, simulator.url));
  expect(served.headers.get('content-type')).toContain('text/javascript');
  expect(await served.text()).toContain('/sim');
  await simulator.stop();
});

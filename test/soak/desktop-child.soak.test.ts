import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { GatewayProcess } from '../../desktop/main/gateway-process.ts';
import { forkNode } from '../desktop/support/forked-child.ts';
import { killUnderLoad } from '../desktop/support/kill-under-load.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'tocsin-soak-'));
const gateway = new GatewayProcess({
  fork: forkNode,
  entry: join(import.meta.dirname, '../../dist/server/main.js'),
  dataDir,
  limits: { mostCrashes: 1_000, firstBackoffMs: 250, longestBackoffMs: 250 },
});

afterAll(async () => {
  await gateway.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it("the desktop's server killed 20 times is back within 5 s each time, and has lost nothing it acknowledged", async () => {
  await gateway.start();
  const pidOf = () => Number(readFileSync(join(dataDir, 'server.pid'), 'utf8'));
  const { acknowledged, lost, backMs } = await killUnderLoad(gateway, pidOf, 20);

  console.log(`${acknowledged} acknowledged; back after ${Math.round(Math.max(...backMs))} ms at the longest`);
  expect(lost).toEqual([]);
  expect(Math.max(...backMs)).toBeLessThan(5_000);
});

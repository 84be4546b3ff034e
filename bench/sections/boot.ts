import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, quietRun } from '../bench.ts';
import { ServerProcess } from '../server-process.ts';
import { median } from '../statistics.ts';

const restMs = 5000;

/** How long the server takes on an empty folder until `/readyz` answers 200, and what it holds when it rests. */
export async function measureBoot(bench: Bench): Promise<void> {
  const { workspace, report, profileDir } = bench;
  const boots: number[] = [];
  const idle: number[] = [];
  for (let run = 1; run <= bench.runs; run++) {
    const once = await quietRun(bench, `boot: run ${run} of ${bench.runs}`, async (watch) => {
      const dataDir = workspace.emptyDir();
      const server = await watch(() => ServerProcess.start({ dataDir, profileDir }));
      await sleep(restMs);
      const memory = server.memoryMb('VmRSS');
      await server.stop();
      workspace.remove(dataDir);
      return { seconds: server.bootMs / 1000, memory };
    });
    boots.push(once.seconds);
    idle.push(...(once.memory === undefined ? [] : [once.memory]));
  }
  const section = 'boot';
  const name = 'ready after start on an empty folder';
  report.add({ section, name, unit: 's', ours: median(boots), goal: { of: 'ours', atMost: 3 } });
  if (idle.length > 0) {
    const goal = { of: 'ours', atMost: 200 } as const;
    report.add({
      section,
      name: `resident memory after ${restMs / 1000} s idle`,
      unit: 'MB',
      ours: median(idle),
      goal,
    });
  }
}

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchMs } from '../../../server/watch/silence-watch.ts';
import { aSyslogRecord } from '../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

let clock: VirtualClock;
let gateway: TestGateway;

beforeEach(async () => {
  clock = new VirtualClock(Date.UTC(2026, 10, 21, 12));
  // Hours pass here: what else the server does every so many seconds is left out.
  const every: typeof clock.every = (ms, callBack) => (ms === watchMs ? clock.every(ms, callBack) : () => {});
  gateway = await startTestGateway({ now: clock.now, every });
});

afterEach(() => gateway.close());

interface Alert {
  title: string;
  type: string;
  severity: string;
  event: { format: string; host: string | null; raw: string; intake: { name: string; kind: string } };
  group: { status: string; count: number; type: string };
}

/** The alerts of silence, the eldest first. */
async function silences(): Promise<Alert[]> {
  const { data, errors } = await gateway.graphql(`{ alerts(filter: { type: ["silent-source"] }) { nodes {
    title type severity event { format host raw intake { name kind } } group { status count type } } } }`);
  expect(errors).toBeUndefined();
  return data.alerts.nodes.reverse();
}

const titles = async () => (await silences()).map(({ title }) => title);
const states = async () => (await silences()).map(({ group }) => `${group.status} ${group.count}`);

/** One quiet record of each host by the intake of a name. */
async function speak(hosts: readonly string[], intake = 'wazuh'): Promise<void> {
  const records = hosts.map((hostname) => aSyslogRecord({ hostname, severity: 'info' }));
  const key = await keyOf(intake);
  const reply = await gateway.post('/api/v1/webhooks/syslog', records, { 'X-API-Key': key });
  expect(reply.status).toBe(200);
}

const keys = new Map<string, string>();
async function keyOf(intake: string): Promise<string> {
  const place = `${gateway.url} ${intake}`;
  const secret = keys.get(place) ?? (await gateway.createCredential('INGEST_KEY', { name: intake })).secret;
  keys.set(place, secret);
  return secret;
}

/** Hosts that speak every minute, for so long. */
async function speakFor(ms: number, hosts: readonly string[], intake = 'wazuh'): Promise<void> {
  for (let passed = 0; passed < ms; passed += minute) {
    await speak(hosts, intake);
    await clock.pass(minute);
  }
}

async function resolved(): Promise<void> {
  await vi.waitFor(async () => expect((await states()).every((state) => state.startsWith('RESOLVED'))).toBe(true), {
    interval: 20,
  });
}

describe('an intake that falls silent', () => {
  it('raises one alert after ten of its usual gaps, which resolves itself when it speaks again', async () => {
    await speakFor(70 * minute, ['web-01']);
    await clock.pass(8 * minute);
    expect(await titles()).toEqual([]);
    await clock.pass(2 * minute);
    const [alert, ...others] = await silences();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      title: 'wazuh has been silent for 10 minutes',
      severity: 'MEDIUM',
      event: { format: 'TOCSIN', host: null, intake: { name: 'Tocsin', kind: 'INTERNAL' } },
      group: { status: 'NEW', count: 1, type: 'silent-source' },
    });
    expect(JSON.parse(String(alert?.event.raw))).toMatchObject({ kind: 'silent-source', intake: { name: 'wazuh' } });
    await clock.pass(3 * hour);
    expect(await states()).toEqual(['NEW 1']);

    await speak(['web-01']);
    await resolved();
    expect(await states()).toEqual(['RESOLVED 1']);
    await speakFor(20 * minute, ['web-01']);
    expect(await states()).toEqual(['RESOLVED 1']);

    await clock.pass(15 * minute);
    expect(await states()).toEqual(['RESOLVED 1', 'NEW 1']);
  });

  it('is told live like any alert', async () => {
    await speakFor(70 * minute, ['web-01']);
    const alerts = await gateway.subscribe('subscription { alertRaised(after: "0") { alert { title } } }');
    await clock.pass(15 * minute);
    const { value } = await alerts.next();
    expect(value.data.alertRaised.alert.title).toBe('wazuh has been silent for 10 minutes');
    await alerts.return?.();
  });

  it('is not told of host by host', async () => {
    await speakFor(70 * minute, ['web-01', 'web-02', 'web-03']);
    await clock.pass(2 * hour);
    expect(await titles()).toEqual(['wazuh has been silent for 10 minutes']);
    await speakFor(5 * minute, ['web-02']);
    await resolved();
    // The others have the time of their own rhythm from then on.
    expect(await states()).toEqual(['RESOLVED 1']);
    await speakFor(10 * minute, ['web-02', 'web-03']);
    expect((await titles()).slice(1)).toEqual(['web-01 has been silent for 2 hours']);
  });

  it('has made no alert when it was heard too little to have a rhythm', async () => {
    await speakFor(50 * minute, ['web-01']);
    await clock.pass(5 * hour);
    expect(await titles()).toEqual([]);
  });
});

describe('a host that falls silent', () => {
  it('raises an alert of its own while its intake goes on, which resolves itself', async () => {
    await speakFor(70 * minute, ['web-01', 'web-02']);
    await speakFor(15 * minute, ['web-02']);
    const found = await silences();
    expect(found).toMatchObject([
      { title: 'web-01 has been silent for 10 minutes', event: { host: 'web-01' }, group: { status: 'NEW' } },
    ]);
    await speakFor(minute, ['web-01', 'web-02']);
    await resolved();
  });
});

describe('many hosts that fall silent together', () => {
  it('are told of by one alert, which is resolved when the last of them speaks again', async () => {
    const lost = Array.from({ length: 25 }, (_, index) => `pc-${String(index).padStart(2, '0')}`);
    await speakFor(70 * minute, ['server', ...lost]);
    await speakFor(30 * minute, ['server']);
    const [alert, ...others] = await silences();
    expect(others).toEqual([]);
    expect(alert?.title).toBe('25 hosts of wazuh have been silent for 10 minutes');
    expect(JSON.parse(String(alert?.event.raw))).toMatchObject({ hosts: lost });
    await speakFor(2 * minute, ['server', ...lost.slice(1)]);
    expect(await states()).toEqual(['NEW 1']);
    await speak(['server', ...lost]);
    await resolved();
    expect(await states()).toEqual(['RESOLVED 1']);
  });
});

describe('a limit set on an intake', () => {
  const watch = 'mutation ($id: ID!, $input: WatchIntakeInput!) { watchIntake(id: $id, input: $input) { id } }';

  async function setWatch(input: object): Promise<void> {
    const { data } = await gateway.graphql('{ intakes { id name } }');
    const { id } = data.intakes.find(({ name }: { name: string }) => name === 'wazuh');
    expect((await gateway.graphql(watch, { id, input })).errors).toBeUndefined();
  }

  it('counts from the first event on, and replaces the rhythm', async () => {
    await speak(['web-01']);
    await setWatch({ silenceAfterSeconds: 120 });
    await clock.pass(110 * second);
    expect(await titles()).toEqual([]);
    await clock.pass(30 * second);
    expect(await titles()).toEqual(['wazuh has been silent for 2 minutes']);
  });

  it('lets the watch be turned off, which resolves what stands', async () => {
    await speak(['web-01']);
    await setWatch({ silenceAfterSeconds: 60 });
    await clock.pass(2 * minute);
    expect(await states()).toEqual(['NEW 1']);
    await setWatch({ isWatched: false });
    await clock.pass(minute);
    expect(await states()).toEqual(['RESOLVED 1']);
    await clock.pass(hour);
    expect(await states()).toEqual(['RESOLVED 1']);
  });

  it('is not missed by an intake that no key opens any more', async () => {
    await speak(['web-01']);
    await setWatch({ silenceAfterSeconds: 60 });
    for (const { id } of await gateway.store.credentials.list()) {
      if (!(await isToken(id))) await gateway.store.credentials.revoke(id);
    }
    await clock.pass(hour);
    expect(await titles()).toEqual([]);
  });

  async function isToken(id: string): Promise<boolean> {
    const { data } = await gateway.graphql('{ credentials { id kind } }');
    return data.credentials.find((each: { id: string }) => each.id === id).kind === 'API_TOKEN';
  }
});

describe('a restart', () => {
  it('keeps the rhythm, counts no downtime, and raises nothing at the start', async () => {
    await speakFor(70 * minute, ['web-01']);
    await gateway.stop();
    clock.nowMs += 5 * hour;
    await gateway.restart();
    await clock.pass(9 * minute);
    expect(await titles()).toEqual([]);
    await clock.pass(2 * minute);
    expect(await titles()).toEqual(['wazuh has been silent for 5 hours']);
  });

  it('between silence and speech raises no second alert, and the first is resolved after it', async () => {
    await speakFor(70 * minute, ['web-01']);
    await clock.pass(15 * minute);
    await gateway.restart();
    await clock.pass(2 * hour);
    expect(await states()).toEqual(['NEW 1']);
    keys.clear();
    await speak(['web-01']);
    await resolved();
  });
});

describe('a machine that slept', () => {
  it('wakes without an alert, and goes on to watch', async () => {
    await speakFor(70 * minute, ['web-01']);
    await clock.sleep(10 * hour);
    await clock.pass(9 * minute);
    expect(await titles()).toEqual([]);
    await clock.pass(2 * minute);
    expect(await titles()).toHaveLength(1);
  });
});

describe('a source that another node on the same database hears', () => {
  async function heardElsewhere(table: string, column: string): Promise<void> {
    const connection = gateway.store.database.em().getConnection('write');
    await connection.execute(`update ${table} set ${column} = ?`, [clock.nowMs]);
  }

  it('raises no alert here', async () => {
    await speakFor(70 * minute, ['web-01']);
    for (let passed = 0; passed < 30; passed++) {
      await heardElsewhere('intake_activity', 'last_event_at');
      await clock.pass(minute);
    }
    expect((await titles()).filter((title) => title.startsWith('wazuh'))).toEqual([]);
  });

  it('raises no alert here, also when it is a host', async () => {
    await speakFor(70 * minute, ['web-01', 'web-02']);
    for (let passed = 0; passed < 30; passed++) {
      await heardElsewhere('source_rhythm', 'last_seen');
      await speakFor(minute, ['web-02']);
    }
    expect(await titles()).toEqual([]);
  });
});

describe('the watch of a tenant', () => {
  it('tells its silence to that tenant alone, whatever its alert threshold', async () => {
    const other = await gateway.createTenant('Other');
    const { secret } = await gateway.createCredential('INGEST_KEY', { tenantId: other, name: 'theirs' });
    const token = await gateway.key('API_TOKEN', other);
    await gateway.store.database
      .em()
      .getConnection('write')
      .execute('update tenant set alert_threshold = 6 where id = ?', [other]);
    for (let passed = 0; passed < 70; passed++) {
      await gateway.post('/api/v1/webhooks/syslog', aSyslogRecord({ severity: 'info' }), { 'X-API-Key': secret });
      await clock.pass(minute);
    }
    await clock.pass(15 * minute);
    const { data } = await gateway.graphql('{ alerts { nodes { title tenantId } } }', {}, token);
    expect(data.alerts.nodes).toEqual([{ title: 'theirs has been silent for 10 minutes', tenantId: other }]);
    expect(await titles()).toEqual([]);
  });
});

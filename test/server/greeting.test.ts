import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { greeting } from '../../server/greeting.ts';
import { machineOf } from '../../server/machine.ts';

const eth0 = { address: '192.168.1.17', netmask: '255.255.255.0', internal: false, mac: '00:00:00:00:00:00' };
const interfaces = () => ({ eth0: [{ ...eth0, family: 'IPv4' as const, cidr: null }] });

/** What a server that listens on `host` says. */
function said(host: string, env: Record<string, string> = {}, known: () => object = interfaces): string[] {
  const url = `http://${host}:4000`;
  const machine = machineOf(
    readConfig({ HOST: host.replaceAll(/[[\]]/g, ''), ...env }),
    () => ({ url, intakePort: undefined }),
    known as typeof interfaces,
  );
  return greeting({ url, setupLink: undefined, listeners: {} }, machine).split('\n');
}

describe('the words of a start', () => {
  it.each([
    ['127.0.0.1', {}, 'http://127.0.0.1:4000', /^That is for this machine alone\. HOST=0\.0\.0\.0 /],
    ['0.0.0.0', {}, 'http://192.168.1.17:4000', /^On this machine also: http:\/\/localhost:4000$/],
    ['[::]', {}, 'http://192.168.1.17:4000', /^On this machine also: http:\/\/localhost:4000$/],
    ['192.168.1.17', {}, 'http://192.168.1.17:4000', /^Its console/],
  ])('of a server at %s with %j name %s', (host, env, url, second) => {
    const lines = said(host, env);
    expect(lines[1]).toBe(`Tocsin listens on ${url}`);
    expect(lines[2]).toMatch(second);
    expect(lines).toContain(`Its console: open ${url} in a browser and sign in.`);
    expect(lines.join('\n')).toContain(`${url}/api/v1/webhooks/wazuh\n`);
    expect(lines.join('\n')).not.toMatch(/\/\/(?:0\.0\.0\.0|\[::\])/);
  });

  it('name the address that the operator has set, besides the one that it listens on', () => {
    const lines = said('127.0.0.1', { TOCSIN_PUBLIC_URL: 'https://soc.example/' });
    expect(lines.slice(1, 4)).toEqual([
      'Tocsin listens on http://127.0.0.1:4000',
      'People reach it at: https://soc.example/',
      'Its console: open https://soc.example/ in a browser and sign in.',
    ]);
    expect(lines.join('\n')).toContain(' https://soc.example/graphql ');
  });

  it('name this machine where there is no network', () => {
    expect(said('0.0.0.0', {}, () => ({})).slice(1, 3)).toEqual([
      'Tocsin listens on http://localhost:4000',
      'Its console: open http://localhost:4000 in a browser and sign in.',
    ]);
  });

  it('spell the command as a checkout has it', () => {
    expect(said('127.0.0.1').join('\n')).toContain(' npm run -s tocsin -- credential create ');
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, expect, test } from 'vitest';

import { checkRelayOptions } from '../check-relay-options.ts';
import { followGuarded } from './guarded-fetch.ts';
import { createGuardedFetch, type ResolveName } from './guarded-fetch-node.ts';
import { guardedFetch as guardedFetchWeb } from './guarded-fetch-web.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address-node.ts';

const servers: { close(): unknown }[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

const rules = () => ({ allowLoopback: false, hosts: undefined, signal: new AbortController().signal });
const resolveTo =
  (...addresses: string[]): ResolveName =>
  (_, answer) =>
    answer(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

async function serve(answer: Parameters<typeof createServer>[1] & {}): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const inner = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.127.255.254',
  '127.0.0.1',
  '127.8.8.8',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.168.1.1',
  '192.88.99.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.7',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2001:10::1',
  '2002:7f00:1::1',
  '3fff::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%lo',
  'fec0::1',
  'ff02::1',
  'localhost',
  '',
];

test.each(inner)('%s is no public address', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['8.8.8.8', '1.1.1.1', '100.63.255.255', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
    expect(isLoopbackAddress(address)).toBe(false);
  },
);

test.each(inner.filter((address) => /^[\d.]+$|^[\da-f:.]+$/.test(address)))(
  'a name that stands for %s is refused',
  async (address) => {
    const fetchFile = createGuardedFetch(resolveTo(address));
    await expect(fetchFile('https://files.example/a.wav', rules())).rejects.toMatchObject({ reason: 'refused' });
  },
);

test('one inner address among public ones refuses them all', async () => {
  const fetchFile = createGuardedFetch(resolveTo('8.8.8.8', '10.0.0.1'));
  await expect(fetchFile('https://files.example/a.wav', rules())).rejects.toMatchObject({ reason: 'refused' });
});

test.each([
  'http://files.example/a',
  'ftp://files.example/a',
  'file:///etc/passwd',
  'data:audio/wav;base64,AA',
  'javascript:alert(1)',
  'https://user@files.example/a',
  'https://user:pw@files.example/a',
  'https://files.example:8443/a',
  'https://files.example:80/a',
  'https://127.0.0.1/a',
  'https://0x7f.1/a',
  'https://2130706433/a',
  'https://017700000001/a',
  'https://127.1/a',
  'https://[::1]/a',
  'https://[::ffff:127.0.0.1]/a',
  'https://[::ffff:7f00:1]/a',
  'https://[64:ff9b::a00:1]/a',
  'https://169.254.169.254/latest/meta-data',
  'https://１２７.０.０.１/a',
  'http://localhost/a',
  '//files.example/a',
  'a.wav',
  '',
])('%s is refused without asking anybody', async (address) => {
  const fetchFile = createGuardedFetch(() => expect.fail('looked up'));
  await expect(fetchFile(address, rules())).rejects.toMatchObject({ reason: 'refused' });
});

test('only listed hosts are asked, compared whole', async () => {
  const fetchFile = createGuardedFetch(() => expect.fail('looked up'));
  for (const host of ['cdn.example.evil.example', 'evilcdn.example', 'sub.cdn.example', 'cdn.example.']) {
    const asked = fetchFile(`https://${host}/a`, { ...rules(), hosts: ['cdn.example'] });
    await expect(asked).rejects.toMatchObject({ reason: 'refused' });
  }
});

test('a name is looked up once, so that it cannot stand for another address a moment later', async () => {
  let looks = 0;
  const rebinding: ResolveName = (_, answer) => {
    looks += 1;
    answer(null, [{ address: looks === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }]);
  };
  const url = await serve((_, response) => response.end('sound'));
  const port = new URL(url).port;
  const fetchFile = createGuardedFetch(rebinding);
  const response = await fetchFile(`http://localhost:${port}/a`, { ...rules(), allowLoopback: true });
  expect(await response.text()).toBe('sound');
  expect(looks).toBe(1);
  // The second look-up, of the next request, is judged anew.
  const again = fetchFile(`http://localhost:${port}/a`, { ...rules(), allowLoopback: true });
  await expect(again).rejects.toMatchObject({ reason: 'refused' });
});

test('a loopback vendor’s file comes with its range, and without keys or cookies', async () => {
  let seen: unknown;
  const url = await serve((request, response) => {
    seen = request.headers;
    response.writeHead(206, { 'content-range': 'bytes 0-1/5', 'set-cookie': 'a=b', 'content-type': 'audio/wav' });
    response.end('so');
  });
  const fetchFile = createGuardedFetch();
  const response = await fetchFile(`${url}/a`, { ...rules(), allowLoopback: true, range: 'bytes=0-1' });
  expect([response.status, await response.text(), response.headers.get('content-range')]).toEqual([206, 'so', 'bytes 0-1/5']);
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(seen).toMatchObject({ range: 'bytes=0-1' });
  expect(Object.keys(seen as object).filter((name) => /cookie|authorization|key|origin|referer/.test(name))).toEqual([]);
});

test.each([
  ['an inner address', 'https://10.0.0.1/a'],
  ['another scheme', 'file:///etc/passwd'],
  ['plain http elsewhere', 'http://files.example/a'],
])('a redirect to %s is refused', async (_, location) => {
  const url = await serve((_request, response) => response.writeHead(302, { location }).end());
  const fetchFile = createGuardedFetch(() => expect.fail('looked up'));
  await expect(fetchFile(`${url}/a`, { ...rules(), allowLoopback: true })).rejects.toMatchObject({ reason: 'refused' });
});

test('three redirects are followed and a fourth is not', async () => {
  const url = await serve((request, response) => {
    const left = Number(request.url!.slice(1));
    if (left > 0) response.writeHead(302, { location: `/${left - 1}` }).end();
    else response.end('sound');
  });
  const fetchFile = createGuardedFetch();
  const loopback = { ...rules(), allowLoopback: true };
  expect(await (await fetchFile(`${url}/3`, loopback)).text()).toBe('sound');
  await expect(fetchFile(`${url}/4`, loopback)).rejects.toMatchObject({ reason: 'refused' });
});

test('a host that is not there, and a bomb of headers, are unreachable', async () => {
  const fetchFile = createGuardedFetch();
  const loopback = { ...rules(), allowLoopback: true };
  await expect(fetchFile('http://127.0.0.1:9/a', loopback)).rejects.toMatchObject({ reason: 'unreachable' });
  const url = await serve((_, response) => response.writeHead(200, { 'x-bomb': 'a'.repeat(200_000) }).end());
  await expect(fetchFile(`${url}/a`, loopback)).rejects.toMatchObject({ reason: 'unreachable' });
});

test('without node:https files come from listed hosts alone', async () => {
  await expect(guardedFetchWeb('https://files.example/a', rules())).rejects.toMatchObject({ reason: 'refused' });
  const other = guardedFetchWeb('https://files.example/a', { ...rules(), hosts: ['cdn.example'] });
  await expect(other).rejects.toMatchObject({ reason: 'refused' });
});

test.each(['localhost', 'vendor.localhost', 'files.vendor.localhost', '127.0.0.1', '127.8.9.10', '[::1]'])(
  'a vendor at http://%s may also name files there',
  (host) => {
    const baseUrl = `http://${host}:8787`;
    const { upstreams } = checkRelayOptions({
      vendors: { audixa: { apiKey: 'the-vendor-key', baseUrl } },
      origins: ['https://app.example'],
      authorize: () => null,
    });
    expect(upstreams.audixa?.http).toBe(`${baseUrl}/v3`);
    const rules = { allowLoopback: true, hosts: undefined, signal: new AbortController().signal };
    const asked: string[] = [];
    const fetched = followGuarded(`${baseUrl}/file.wav`, rules, async (url) => {
      asked.push(url.href);
      return new Response('sound');
    });
    return expect(fetched.then(() => asked)).resolves.toEqual([`${baseUrl}/file.wav`]);
  },
);

test.each(['localhost.evil.example', 'evillocalhost', '127.0.0.1.evil.example', '128.0.0.1', '[::2]'])(
  'neither a vendor nor a file is on loopback at http://%s',
  async (host) => {
    const options = { origins: ['https://app.example'], authorize: () => null };
    const vendors = { audixa: { apiKey: 'the-vendor-key', baseUrl: `http://${host}` } };
    expect(() => checkRelayOptions({ ...options, vendors })).toThrow('http on loopback');
    const rules = { allowLoopback: true, hosts: undefined, signal: new AbortController().signal };
    await expect(followGuarded(`http://${host}/file.wav`, rules, async () => new Response(''))).rejects.toThrow('Not https');
  },
);

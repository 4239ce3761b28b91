import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { findComponent } from '../components.ts';
import { ServerProcess } from './server-process.ts';

const openssl = findComponent('openssl');
const directory = mkdtempSync(join(tmpdir(), 'shoal-certificates-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** What a PostgreSQL says until TLS stands: that it has TLS. */
async function aTlsServer(): Promise<string> {
  const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2'];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject];
  execFileSync(openssl.path, made, { stdio: 'pipe' });
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write('S');
      const secured = new TLSSocket(socket, { isServer: true, key: readFileSync(key), cert: readFileSync(cert) });
      secured.on('error', () => undefined).on('data', () => secured.end());
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `postgres://shoal@localhost:${(server.address() as AddressInfo).port}/shoal`;
}

it.skipIf(openssl.isMissing)(
  'sslmode=require with a self-signed certificate: the line at the start says what to set',
  async () => {
    const url = await aTlsServer();
    const said = async (query: string) => {
      const start = ServerProcess.start({ DATABASE_URL: `${url}?${query}` });
      return String(
        await start.then(
          () => 'It started.',
          (reason: unknown) => reason,
        ),
      )
        .split('\n')
        .slice(1);
    };
    const [line = '', ...others] = await said('sslmode=require');
    expect(line).toContain('DATABASE_URL is signed by an unknown authority: add sslrootcert=FILE to DATABASE_URL');
    expect(line).toContain('sslmode=no-verify');
    expect(others).toEqual([]);
    for (const query of [`sslmode=require&sslrootcert=${join(directory, 'cert.pem')}`, 'sslmode=no-verify']) {
      const lines = await said(query);
      expect(lines).toHaveLength(1);
      expect(lines[0]).not.toContain('certificate');
    }
  },
);

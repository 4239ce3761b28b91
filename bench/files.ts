import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * What files cost the server: memory at an upload and at downloads, descriptors after those that were aborted, and what uploads do to the
 * time of posts. Run it by `npx node bench/files.ts [MIB]`; it prints one line for each figure, and FILES_URL may name a bucket.
 */
const MIB = 1024 ** 2;
const [, , size = '1024'] = process.argv;
const UPLOAD_BYTES = Number(size) * MIB;
const STREAMS = 50;
const [PEOPLE, UPLOADS_EACH, POSTS] = [20, 10, 300];

const directory = mkdtempSync(join(tmpdir(), 'shoal-files-bench-'));
const child = spawn(process.execPath, ['--max-semi-space-size=16', 'src/composition/main.ts'], {
  env: {
    ...process.env,
    ...{ PORT: '0', RATE_LIMITS: 'off', LOG_LEVEL: 'info', MAX_FILE_BYTES: `${4 * 1024 * MIB}` },
    DATABASE_URL: `sqlite:${join(directory, 'chat.db')}`,
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const base = await new Promise<string>((resolve) => {
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [url] = /http:\/\/[0-9.:]+\//.exec(line) ?? [];
    if (url) resolve(url);
  });
});
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const residentMiB = () => {
  const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
};
const descriptors = () => readdirSync(`/proc/${child.pid}/fd`).length;
const say = (what: string) => console.log(what);

try {
  const ada = await signIn('ada');
  const chatId = await newChat(ada);
  await upload(ada, 64 * MIB);
  await pause(1_000);
  await measureUpload();
  await measureDownloads();
  await measureAborts();
  await measurePosts();

  async function measureUpload() {
    const before = residentMiB();
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, residentMiB());
    }, 50);
    const began = performance.now();
    await upload(ada, UPLOAD_BYTES);
    clearInterval(watch);
    const seconds = (performance.now() - began) / 1_000;
    say(`upload of ${size} MiB: ${(peak - before).toFixed(1)} MiB more memory at most, ${seconds.toFixed(1)} s`);
  }

  async function measureDownloads() {
    await pause(1_000);
    const before = residentMiB();
    // The readers take the beginning and stop, as on a slow network.
    const open = await Promise.all(Array.from({ length: STREAMS }, () => download(ada, 2)));
    await pause(2_000);
    const each = ((residentMiB() - before) * 1024) / STREAMS;
    say(`${STREAMS} downloads that stand: ${each.toFixed(0)} KiB more memory each, ${descriptors()} descriptors`);
    for (const one of open) one.destroy();
  }

  async function measureAborts() {
    await pause(1_000);
    const before = descriptors();
    for (let round = 0; round < 10; round += 1) {
      const open = await Promise.all(Array.from({ length: 20 }, () => download(ada, 2)));
      for (const one of open) one.destroy();
      await Promise.all(Array.from({ length: 20 }, () => abortedUpload(ada)));
    }
    await pause(1_500);
    const temporary = readdirSync(join(directory, 'chat.db.files', 'tmp')).length;
    say(
      `after 200 aborted downloads and 200 aborted uploads: ${descriptors() - before} more descriptors, ${temporary} files left`,
    );
  }

  async function measurePosts() {
    const people = [ada];
    for (let n = 1; n < PEOPLE; n += 1) people.push(await joined(`person${n}`));
    const uploads = people.flatMap((person) => Array.from({ length: UPLOADS_EACH }, () => upload(person, 5 * MIB)));
    const times: number[] = [];
    for (let n = 0; n < POSTS; n += 1) {
      const began = performance.now();
      await fetch(`${base}chat/${chatId}/messages`, {
        method: 'POST',
        headers: { cookie: ada, 'content-type': 'text/plain' },
        body: `${n}`,
      });
      times.push(performance.now() - began);
    }
    await Promise.all(uploads);
    const [p50, p99] = [0.5, 0.99].map((share) => times.toSorted((a, b) => a - b)[Math.floor(times.length * share)]);
    say(
      `${PEOPLE * UPLOADS_EACH} parallel uploads of 5 MiB: posting p50 ${p50?.toFixed(0)} ms, p99 ${p99?.toFixed(0)} ms`,
    );
  }

  async function joined(name: string) {
    const cookie = await signIn(name);
    const made = await fetch(`${base}create_invite/${chatId}`, { method: 'POST', headers: { cookie: ada } });
    const { code } = (await made.json()) as { code: string };
    await fetch(`${base}invite/${code}`, { method: 'POST', headers: { cookie }, redirect: 'manual' });
    return cookie;
  }

  function send(cookie: string, bytes: number) {
    const headers = { cookie, 'x-file-name': 'x', 'content-length': bytes };
    return request(`${base}chat/${chatId}/files`, { method: 'POST', headers });
  }

  async function upload(cookie: string, bytes: number): Promise<void> {
    const chunk = randomBytes(Math.min(MIB, bytes));
    const asked = send(cookie, bytes);
    const answered = new Promise<number | undefined>((resolve, reject) => {
      asked.once('response', (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode));
      });
      asked.once('error', reject);
    });
    for (let sent = 0; sent < bytes; sent += chunk.length)
      if (!asked.write(chunk)) await new Promise((resolve) => asked.once('drain', resolve));
    asked.end();
    if ((await answered) !== 201) throw new Error(`An upload was answered with ${await answered}.`);
  }

  async function abortedUpload(cookie: string): Promise<void> {
    const asked = send(cookie, 5 * MIB).on('error', () => undefined);
    asked.write(randomBytes(MIB));
    await pause(30);
    asked.destroy();
  }

  function download(cookie: string, id: number) {
    return new Promise<ReturnType<typeof request>>((resolve, reject) => {
      const asked = request(`${base}files/${id}/x`, { headers: { cookie }, agent: false });
      asked.once('response', (answer) => {
        answer.on('error', () => undefined);
        answer.once('readable', () => {
          answer.read(1);
          resolve(asked);
        });
      });
      asked.once('error', reject);
      asked.end();
    });
  }
} finally {
  const ended = once(child, 'exit');
  child.kill();
  await ended;
  rmSync(directory, { recursive: true, force: true });
}

async function signIn(username: string): Promise<string> {
  const body = new URLSearchParams({ username, password: 'a good password' });
  const answer = await fetch(`${base}auth`, { method: 'POST', body, redirect: 'manual' });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function newChat(cookie: string): Promise<number> {
  const body = JSON.stringify({ chat_name: 'Files' });
  const headers = { cookie, 'content-type': 'application/json' };
  const answer = await fetch(`${base}newchat`, { method: 'POST', headers, body });
  return ((await answer.json()) as { id: number }).id;
}

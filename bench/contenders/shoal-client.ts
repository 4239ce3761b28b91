/** What a script would do to prepare chats, through the public interface. A cookie is `name=value`. */

export async function signIn(port: number, username: string): Promise<string> {
  const body = new URLSearchParams({ username, password: 'correct horse battery staple', next: '/' });
  const response = await send(port, '/auth', { method: 'POST', body });
  const cookie = response.headers.getSetCookie()[0]?.split(';', 1)[0];
  if (cookie === undefined) throw new Error(`Signing in answered ${response.status} and no cookie`);
  return cookie;
}

export async function createChat(port: number, { cookie, name }: { cookie: string; name: string }): Promise<number> {
  const response = await send(port, '/newchat', {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ chat_name: name }),
  });
  return numberIn(await response.json(), 'id');
}

export async function invite(port: number, { cookie, chat }: { cookie: string; chat: number }): Promise<string> {
  const headers = { cookie, accept: 'application/json' };
  const response = await send(port, `/create_invite/${chat}`, { method: 'POST', headers });
  return String(fieldOf(await response.json(), 'code'));
}

export async function redeem(port: number, { cookie, code }: { cookie: string; code: string }): Promise<void> {
  await send(port, `/invite/${code}`, { headers: { cookie } });
}

export async function revisionOf(port: number, { cookie, chat }: { cookie: string; chat: number }): Promise<number> {
  const response = await send(port, `/chat/${chat}/messages?limit=1`, { headers: { cookie } });
  return numberIn(await response.json(), 'revision');
}

async function send(port: number, path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, redirect: 'manual' });
  if (response.status >= 400) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response;
}

function numberIn(json: unknown, field: string): number {
  const value = fieldOf(json, field);
  if (typeof value !== 'number') throw new Error(`No number ${field} in ${JSON.stringify(json)}`);
  return value;
}

function fieldOf(json: unknown, field: string): unknown {
  return typeof json === 'object' && json !== null ? Reflect.get(json, field) : undefined;
}

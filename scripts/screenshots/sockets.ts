import type { Page, WebSocketRoute } from 'playwright-core';

const SOCKET = /\/socket$/;

/** Lets all frames but posts through, and never answers those. */
export const loseNothingButAnswers = (page: Page): Promise<void> => interceptPosts(page, () => {});

/** Refuses the posts of the page. */
export const refuseAll = (page: Page, detail: string): Promise<void> =>
  interceptPosts(page, (socket, client_id) => {
    socket.send(JSON.stringify({ type: 'refused', client_id, code: 'unavailable', detail }));
  });

async function interceptPosts(page: Page, answer: (socket: WebSocketRoute, clientId: string) => void): Promise<void> {
  await page.routeWebSocket(SOCKET, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((sent) => {
      const { type, client_id } = JSON.parse(String(sent)) as { type: string; client_id: string };
      if (type === 'post') answer(socket, client_id);
      else server.send(sent);
    });
  });
}

/** Cuts the page's connections when it is told to, and prevents new ones. */
export async function cutOff(page: Page): Promise<() => void> {
  const open: WebSocketRoute[] = [];
  let isCut = false;
  await page.routeWebSocket(SOCKET, (socket) => {
    if (isCut) return;
    socket.connectToServer();
    open.push(socket);
  });
  return () => {
    isCut = true;
    for (const socket of open) void socket.close({ code: 1012 });
  };
}

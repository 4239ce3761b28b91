import type { Page, WebSocketRoute } from 'playwright-core';

const SOCKET = /\/chatsocket\//;

/** Never answers the posts of the page. */
export async function loseNothingButAnswers(page: Page): Promise<void> {
  await page.routeWebSocket(SOCKET, (socket) => {
    socket.connectToServer();
    socket.onMessage(() => {});
  });
}

/** Refuses the posts of the page. */
export async function refuseAll(page: Page, detail: string): Promise<void> {
  await page.routeWebSocket(SOCKET, (socket) => {
    socket.connectToServer();
    socket.onMessage((sent) => {
      const { client_id } = JSON.parse(String(sent)) as { client_id: string };
      socket.send(JSON.stringify({ type: 'refused', client_id, code: 'unavailable', detail }));
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

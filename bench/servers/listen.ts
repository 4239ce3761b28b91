import type { Server } from 'node:http';

/** Listens on a free port, says where, and ends when asked to. */
export function listen(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}/`);
  });
  process.on('SIGTERM', () => process.exit());
}

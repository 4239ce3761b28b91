import { fileURLToPath } from 'node:url';
import type { DialectName } from '../load/dialects.ts';
import { ServerProcess } from '../processes/server-process.ts';
import type { Contender } from './contender.ts';

/** A room server of `bench/servers`: a chat exists as soon as somebody names it. */
function withoutStorage(named: { name: DialectName; program: string }): Contender {
  const { name, program } = named;
  const file = fileURLToPath(new URL(`../servers/${program}`, import.meta.url));
  return {
    name,
    async start({ chats, nodeFlags = [] }) {
      const server = await ServerProcess.start({ file, nodeFlags });
      const paths = Array.from({ length: chats }, (_, index) => `/chat/${index + 1}`);
      return {
        server,
        target: {
          pid: server.pid,
          port: server.port,
          dialect: name,
          chats: paths.map((path) => ({ path, resumePath: path, members: [] })),
        },
        async stop() {
          await server.stop();
          return {};
        },
      };
    },
  };
}

export const socketio = withoutStorage({ name: 'socketio', program: 'socketio.ts' });
export const plainWs = withoutStorage({ name: 'ws', program: 'plain-ws.ts' });

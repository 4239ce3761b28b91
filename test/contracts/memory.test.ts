import { makeMemoryBroadcast } from '../../src/adapters/memory/broadcast.ts';
import { makeMemoryPresence } from '../../src/adapters/memory/presence.ts';
import { openMemoryStorage } from '../../src/adapters/memory/storage.ts';
import { broadcastContract } from './broadcast-contract.ts';
import { presenceContract } from './presence-contract.ts';
import { storageContract } from './storage-contract.ts';

const nothingToClose = async () => undefined;

storageContract('memory', async () => openMemoryStorage());
broadcastContract('memory', async () => ({ broadcast: makeMemoryBroadcast(), close: nothingToClose }));
presenceContract('memory', async () => ({ presence: makeMemoryPresence(), close: nothingToClose }));

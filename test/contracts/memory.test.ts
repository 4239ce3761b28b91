import { makeMemoryBroadcast } from '../../src/adapters/memory/broadcast.ts';
import { makeMemoryErasureList } from '../../src/adapters/memory/erasure-list.ts';
import { makeMemoryPresence } from '../../src/adapters/memory/presence.ts';
import { openMemoryStorage } from '../../src/adapters/memory/storage.ts';
import { broadcastContract } from './broadcast-contract.ts';
import { erasureListContract } from './erasure-list-contract.ts';
import { presenceContract } from './presence-contract.ts';
import { storageContract } from './storage-contract.ts';

const nothingToClose = async () => undefined;

storageContract('memory', async () => openMemoryStorage());
broadcastContract('memory', async () => ({ broadcast: makeMemoryBroadcast(), close: nothingToClose }));
erasureListContract('memory', () => makeMemoryErasureList());
presenceContract('memory', async () => ({ presence: makeMemoryPresence(), close: nothingToClose }));

import type { DialectName } from '../load/dialects.ts';
import type { Contender } from './contender.ts';
import { shoal } from './shoal.ts';
import { plainWs, socketio } from './without-storage.ts';

export const contenders: Record<DialectName, Contender> = { shoal, socketio, ws: plainWs };

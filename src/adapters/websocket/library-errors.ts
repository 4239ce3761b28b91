import { CLOSE } from '../wire/frames.ts';

/** The code with which `ws` closes after this error of its own; undefined when the connection broke without a close. */
export function codeOfError(error: Error): number | undefined {
  const name = 'code' in error ? String(error.code) : '';
  return CODES[name] ?? (name.startsWith('WS_ERR_') ? 1002 : undefined);
}

const CODES: Readonly<Record<string, number>> = {
  WS_ERR_INVALID_UTF8: 1007,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: CLOSE.abuse,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 1009,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009,
};

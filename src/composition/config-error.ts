/** An environment variable has an invalid value. The message is one line that names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws ConfigError */
export function refuse(name: string, value: string | undefined, expected: string): never {
  throw new ConfigError(`${name} is ${JSON.stringify(value)}, which makes no sense: it takes ${expected}.`);
}

/** Argon2id with the parameters that OWASP recommends first: 19 MiB, two passes, one lane; about 11 ms. */
export const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };
export const PREFIX = '$argon2id$v=19$m=19456,t=2,p=1$';

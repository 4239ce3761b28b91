import { makePasskeyVerifier } from '../../src/adapters/simplewebauthn/passkey-verifier.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { noMeasurements } from '../../src/adapters/system/no-measurements.ts';
import { makePasswordHasher } from '../../src/adapters/system/password-hasher.ts';
import { systemSecrets } from '../../src/adapters/system/secrets.ts';
import { systemTimer } from '../../src/adapters/system/timer.ts';
import { countingSecrets, instantPasswordHasher, manualTimer, stoppedClock } from '../fakes.ts';
import { clockContract } from './clock-contract.ts';
import { measurementsContract } from './measurements-contract.ts';
import { passkeyVerifierContract } from './passkey-verifier-contract.ts';
import { passwordHasherContract } from './password-hasher-contract.ts';
import { secretsContract } from './secrets-contract.ts';
import { timerContract } from './timer-contract.ts';

clockContract('the system', () => systemClock);
clockContract('tests, which stands still', stoppedClock);

timerContract('the system', () => ({ timer: systemTimer, pass: () => undefined }));
timerContract('tests, which they advance', () => {
  const timer = manualTimer();
  return { timer, pass: timer.advance };
});

secretsContract('the system', () => systemSecrets);
secretsContract('tests, which can be read', countingSecrets);

passwordHasherContract('the system', makePasswordHasher);
passwordHasherContract('tests, which is instant', instantPasswordHasher);

passkeyVerifierContract('@simplewebauthn/server', makePasskeyVerifier);

measurementsContract('nobody', () => noMeasurements);

import { systemClock } from '../adapters/system/clock.ts';
import { systemSecrets } from '../adapters/system/secrets.ts';
import { OPERATOR } from '../application/use-cases/administration/administrators.ts';
import { makeCreateResetLink } from '../application/use-cases/administration/create-reset-link.ts';
import { makeSetAdministrator } from '../application/use-cases/administration/set-administrator.ts';
import { makeSetDeactivated } from '../application/use-cases/administration/set-deactivated.ts';
import { makeTurnOffTwoStep } from '../application/use-cases/administration/turn-off-two-step.ts';
import type { Standing } from '../domain/administration/standing.ts';
import { usernameKey } from '../domain/identity/username.ts';
import { type Administered, openAdministered } from './administered.ts';
import { type Config, readConfig } from './config.ts';
import { orExit, UsageError } from './or-exit.ts';
import { START_PROBLEMS } from './start-problems.ts';

const USAGE =
  'Usage: npm run admin -- list | grant NAME | revoke NAME | deactivate NAME | activate NAME | reset-password NAME | two-step-off NAME';

const COMMANDS = ['grant', 'revoke', 'deactivate', 'activate', 'reset-password', 'two-step-off'] as const;
type Command = (typeof COMMANDS)[number];

/** Looks after an installation from the machine of its server, also while the server runs. */
await orExit(
  'Nothing was changed',
  async () => {
    const [name = '', person, ...rest] = process.argv.slice(2);
    const command = COMMANDS.find((one) => one === name);
    const isList = name === 'list' && person === undefined;
    if (rest.length > 0 || !(isList || (command && person))) throw new UsageError(USAGE);
    const config = readConfig(process.env);
    const administered = await openAdministered(config.database);
    try {
      const said =
        command && person ? await carryOut(administered, { config, command, person }) : await list(administered);
      process.stdout.write(`${said}\n`);
    } finally {
      await administered.close();
    }
  },
  START_PROBLEMS,
);

interface Order {
  readonly config: Config;
  readonly command: Command;
  readonly person: string;
}

async function carryOut({ unitOfWork }: Administered, { config, command, person }: Order): Promise<string> {
  const deps = { unitOfWork, clock: systemClock, secrets: systemSecrets };
  const { user } = await find(unitOfWork, person);
  const [name, userId] = [user.username, user.id];
  const setAdministrator = makeSetAdministrator(deps);
  const setDeactivated = makeSetDeactivated(deps);
  const DONE: Readonly<Record<Command, () => Promise<string>>> = {
    async grant() {
      await setAdministrator(OPERATOR, { userId, on: true });
      return `${name} is an administrator.`;
    },
    async revoke() {
      await setAdministrator(OPERATOR, { userId, on: false });
      return `${name} is not an administrator.`;
    },
    async deactivate() {
      await setDeactivated(OPERATOR, { userId, on: true });
      return `${name} is deactivated: signed out everywhere, and not able to sign in.`;
    },
    async activate() {
      await setDeactivated(OPERATOR, { userId, on: false });
      return `${name} is active and can sign in.`;
    },
    async 'two-step-off'() {
      const wasOn = await makeTurnOffTwoStep(deps)(OPERATOR, userId);
      return wasOn ? `${name} signs in with the password alone.` : `Two-step sign-in of ${name} was off already.`;
    },
    async 'reset-password'() {
      const { token, expiresAt } = await makeCreateResetLink(deps)(OPERATOR, userId);
      const until = new Date(expiresAt).toISOString();
      return `Give ${name} this link. It sets a new password, once, until ${until}:\n${originOf(config)}/reset/${token}`;
    },
  };
  return DONE[command]();
}

async function find(unitOfWork: Administered['unitOfWork'], name: string): Promise<Standing> {
  const found = await unitOfWork.run(({ administration }) => administration.standingOf(usernameKey(name.trim())));
  if (!found) throw new Error(`there is no account named ${JSON.stringify(name)}.`);
  return found;
}

async function list({ unitOfWork }: Administered): Promise<string> {
  const found = await unitOfWork.run(({ administration }) => administration.administrators());
  if (found.length === 0) return 'There is no administrator. Make one: npm run admin -- grant NAME';
  return found.map(lineOf).join('\n');
}

function lineOf({ user, administratorSince, deactivatedAt }: Standing): string {
  const since = administratorSince === null ? '' : new Date(administratorSince).toISOString();
  return `${user.username}, administrator since ${since}${deactivatedAt === null ? '' : ', deactivated'}`;
}

/** Where people reach the server. */
function originOf({ publicOrigin, host, port }: Config): string {
  return publicOrigin ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

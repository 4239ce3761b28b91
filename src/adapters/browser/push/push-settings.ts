import { isRecord } from '../connection/wire-decoding.ts';
import { requestJson, sentenceOf } from '../shell/api.ts';
import { part } from '../shell/part.ts';
import { isPushWanted, pushManager, subscribe, unsubscribe } from './subscription.ts';

const NO_PUSH =
  'This browser has no notifications for this site. They need a secure connection; on an iPhone or iPad, add Shoal to the home screen first.';
const BLOCKED =
  'This browser blocks notifications of this site. Allow them in its settings for the site, then come back.';

const IS_ON = 'Notifications are on in this browser.';
const IS_OFF = 'Notifications are off in this browser.';

const OUTCOMES: Readonly<Record<string, string>> = {
  sent: 'A test notification was sent. It appears within a few seconds.',
  gone: 'The browser had ended its notifications. Turn them on again.',
  refused: 'The push service of this browser did not take the notification. Turn notifications off and on again.',
};

/** The section of the settings in which this browser is subscribed, tried out and unsubscribed. */
export async function startPushSettings(section: HTMLElement): Promise<void> {
  const [on, test, off] = ['on', 'test', 'off'].map((name) => part(section, `[data-push-${name}]`, HTMLButtonElement));
  const state = part(section, '[data-push-state]', HTMLElement);
  const say = (sentence: string) => {
    state.textContent = sentence;
  };
  const manager = await pushManager();
  if (!manager || !on || !test || !off) return say(NO_PUSH);
  const show = (isOn: boolean): string => {
    on.hidden = isOn;
    test.hidden = off.hidden = !isOn;
    return isOn ? IS_ON : IS_OFF;
  };
  act(on, say, async () => {
    await subscribe(manager, section.dataset.push ?? '');
    return show(true);
  });
  act(test, say, async () => {
    const answer = await requestJson('/account/push/test', { method: 'POST' });
    const outcome = isRecord(answer) ? String(answer.outcome) : '';
    if (outcome === 'gone') show(false);
    return OUTCOMES[outcome] ?? '';
  });
  act(off, say, async () => {
    await unsubscribe(manager);
    return show(false);
  });
  const sentence = show(isPushWanted() && (await manager.getSubscription()) !== null);
  say(Notification.permission === 'denied' ? BLOCKED : sentence);
}

/** Does the work at a click, one at a time, and says what came of it. */
function act(button: HTMLButtonElement, say: (sentence: string) => void, work: () => Promise<string>): void {
  button.addEventListener('click', () => {
    if (button.ariaBusy === 'true') return;
    button.ariaBusy = 'true';
    void work()
      .catch((error: unknown) => (error instanceof DOMException ? refusedBy(error) : sentenceOf(error)))
      .then(say)
      .finally(() => {
        button.ariaBusy = null;
        // A focused button that has gone would take the focus with it.
        if (button.hidden) button.parentElement?.querySelector<HTMLElement>('button:not([hidden])')?.focus();
      });
  });
}

function refusedBy(error: DOMException): string {
  return error.name === 'NotAllowedError'
    ? BLOCKED
    : 'The push service of this browser could not be reached. Check the connection, then try again.';
}

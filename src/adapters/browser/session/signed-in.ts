import type { SignedInFrame } from '../../wire/user-frames.ts';

/** Says at the top of the page that somebody signed in with the account, until the reader has looked or closes it. */
export function showSignIn({ device, address }: SignedInFrame): void {
  const notice = document.createElement('div');
  notice.className = 'said-stays';
  notice.role = 'alert';
  const link = document.createElement('a');
  link.href = '/account/sessions';
  link.textContent = 'Look at your sessions';
  const close = document.createElement('button');
  close.className = 'button small quiet';
  close.type = 'button';
  close.textContent = 'It was me';
  close.addEventListener('click', () => notice.remove());
  const from = address ? `, address ${address}` : '';
  document.querySelector('.said-stays')?.remove();
  document.body.append(notice);
  notice.append(`New sign-in: ${device || 'unknown browser'}${from}. Was it you? `, link, ' ', close);
}

import { highlighted } from './highlighter.ts';

/** Runs in a worker of its own, which the page ends when it takes too long. */
addEventListener('message', ({ data }: MessageEvent<{ readonly code: string; readonly language: string }>) => {
  highlighted('', data.language);
  postMessage('started');
  postMessage(highlighted(data.code, data.language));
});
postMessage('ready');

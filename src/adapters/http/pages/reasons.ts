import type { AnnouncementReason } from '../../../domain/push/announcement.ts';

/** Why a message was announced on a device or not, as a sentence for its owner. */
export const REASON_SENTENCES: Readonly<Record<AnnouncementReason, string>> = {
  sent: 'Yes: it was sent.',
  pending: 'Not yet: it is about to be sent.',
  failed: 'No: the push service of the browser did not take it.',
  reading_here: 'No: you read it here within a few seconds.',
  active_elsewhere: 'No: you read it on another device.',
  muted: 'No: the chat was muted, or set to notify you of nothing.',
  quiet_hours: 'No: it came in your quiet hours.',
  not_mentioned: 'No: the chat notifies you of mentions and keywords, and it had none for you.',
  own: 'No: you wrote it.',
  no_device: 'No: none of your devices received notifications when it came.',
  endpoint_gone: 'No: the browser had ended its notifications. Turn them on there again.',
  withdrawn: 'No: it was deleted before it was sent.',
};

/** The same as the head of a row of numbers. */
export const REASON_NAMES: Readonly<Record<AnnouncementReason, string>> = {
  ...{ sent: 'Sent', pending: 'About to be sent', failed: 'Not taken by the push service' },
  ...{ reading_here: 'Read here at once', active_elsewhere: 'Read on another device', muted: 'Muted' },
  ...{ quiet_hours: 'Quiet hours', not_mentioned: 'No mention, no keyword', own: 'Your own' },
  ...{
    no_device: 'The device was gone',
    endpoint_gone: 'The browser had ended it',
    withdrawn: 'Deleted, or you had left',
  },
};

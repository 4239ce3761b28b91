import { localTimeText, type Weekday } from '../../domain/attention/quiet-hours.ts';
import type { NotificationSettings } from '../../domain/attention/settings.ts';

/** What a person set for all their chats, as scripts and the template see it. */
export interface WireNotifications {
  readonly quiet_hours: {
    readonly zone: string;
    readonly days: readonly Weekday[];
    /** `HH:MM` */
    readonly from: string;
    readonly to: string;
  } | null;
  readonly keywords: readonly string[];
  readonly sound: boolean;
}

export const toWireNotifications = ({ quietHours, keywords, sound }: NotificationSettings): WireNotifications => ({
  quiet_hours: quietHours && {
    zone: quietHours.zone,
    days: quietHours.days,
    from: localTimeText(quietHours.from),
    to: localTimeText(quietHours.to),
  },
  keywords,
  sound,
});

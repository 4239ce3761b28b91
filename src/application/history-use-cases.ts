import type { ExportChat } from './use-cases/chats/export-chat.ts';
import type { FindMoment } from './use-cases/messages/find-moment.ts';
import type { ReadHistory } from './use-cases/messages/read-history.ts';
import type { ViewVersions } from './use-cases/messages/view-versions.ts';
import type { ViewPast } from './use-cases/past/view-past.ts';
import type { SearchMessages } from './use-cases/search/search-messages.ts';

/** How members see what was said before. */
export interface HistoryUseCases {
  readonly readHistory: ReadHistory;
  readonly findMoment: FindMoment;
  readonly viewPast: ViewPast;
  readonly viewVersions: ViewVersions;
  readonly exportChat: ExportChat;
  readonly searchMessages: SearchMessages;
}

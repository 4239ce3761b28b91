/**
 * Envelopes as earlier releases wrote them, recorded from those releases. What an instance of one of them publishes while it is
 * replaced must be understood.
 */
export const RECORDED = {
  /** Before envelopes had versions, and before messages could change. */
  unchangingMessages: {
    chat: '{"from":"4b1f0c9e-3a67-4f0e-9a5e-2f6d1f0b7c11","events":[{"type":"message_posted","message":{"id":1073741826,"revision":2,"kind":"text","chatId":1,"position":2,"author":{"id":1,"username":"ada"},"text":"hello, «bob» 🐟","clientId":"c-1","sentAt":1764374400123}},{"type":"message_posted","message":{"id":1073741827,"revision":3,"kind":"notice","clientId":null,"chatId":1,"position":3,"author":{"id":2,"username":"bob"},"text":"bob joined","sentAt":1764374401000}},{"type":"member_left","chatId":1,"userId":2}]}',
    user: '{"from":"4b1f0c9e-3a67-4f0e-9a5e-2f6d1f0b7c11","events":[{"type":"session_ended","userId":2,"sessionId":"s-1"},{"type":"events_missed"}]}',
  },
  /** Before envelopes had versions. */
  withoutVersion: {
    chat: '{"from":"4b1f0c9e-3a67-4f0e-9a5e-2f6d1f0b7c11","events":[{"type":"message_posted","message":{"id":1073741826,"revision":2,"kind":"text","edit":null,"chatId":1,"position":2,"author":{"id":1,"username":"ada"},"text":"hello, «bob» 🐟","clientId":"c-1","sentAt":1764374400123}},{"type":"message_posted","message":{"id":1073741827,"revision":3,"kind":"notice","clientId":null,"chatId":1,"position":3,"author":{"id":2,"username":"bob"},"text":"bob joined","sentAt":1764374401000}},{"type":"message_changed","message":{"id":1073741826,"revision":4,"kind":"text","edit":{"revision":4,"at":1764374402000},"chatId":1,"position":2,"author":{"id":1,"username":"ada"},"text":"hello, all","clientId":"c-1","sentAt":1764374400123}},{"type":"message_changed","message":{"id":1073741826,"chatId":1,"position":2,"revision":5,"clientId":"c-1","author":{"id":1,"username":"ada"},"sentAt":1764374400123,"kind":"deleted","deletedBy":1,"deletedAt":1764374403000}},{"type":"message_changed","message":{"id":1073741826,"chatId":1,"position":2,"revision":6,"clientId":"c-1","author":{"id":1,"username":"ada"},"sentAt":1764374400123,"kind":"text","text":"hello, all","edit":{"revision":4,"at":1764374402000}}},{"type":"member_left","chatId":1,"userId":2}]}',
    user: '{"from":"4b1f0c9e-3a67-4f0e-9a5e-2f6d1f0b7c11","events":[{"type":"session_ended","userId":2,"sessionId":"s-1"},{"type":"events_missed"}]}',
  },
} as const;

let isOver = false;

/** Whether the server has ended the session of this page, after which requests are pointless. */
export const sessionEnd = {
  get isOver(): boolean {
    return isOver;
  },
  note(): void {
    isOver = true;
  },
};

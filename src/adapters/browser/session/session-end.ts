let isOver = false;

/** Whether the server has ended the session of this page, after which nothing needs to be asked for. */
export const sessionEnd = {
  get isOver(): boolean {
    return isOver;
  },
  note(): void {
    isOver = true;
  },
};

/** Loaded before the servers whose memory is measured: on SIGUSR2 they collect their garbage. */
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  globalThis.gc?.();
});

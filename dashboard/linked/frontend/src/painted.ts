/** When something is really on the screen, and the marks by which it is measured. */

/** Resolves after the next frame was painted. */
export function framePainted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(null);
    });
  });
}

export type Moment = "click" | "answer" | "charts" | "map";

export function mark(moment: Moment, serial: number, startTime?: number): void {
  const at = startTime === undefined ? {} : { startTime };
  performance.mark(`samsyn:${moment}`, { ...at, detail: { serial } });
}

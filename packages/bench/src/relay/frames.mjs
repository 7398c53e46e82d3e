// What vendor and clients agree on without speaking of it.

/** 24 kHz, float32, 40 ms. */
export const frameBytes = 3_840;
export const frameMs = 40;
export const pageOrigin = 'https://bench.example';

/** A frame that says which stream it belongs to and which it is of it; the rest is made of both. */
export function makeFrame(stream, index) {
  const frame = Buffer.alloc(frameBytes, (stream + index) & 255);
  frame.writeUInt32LE(stream, 0);
  frame.writeUInt32LE(index, 4);
  return frame;
}

/** Whether a frame is the one that was sent, to the last byte. */
export const isFrame = (frame, stream, index) => frame.equals(makeFrame(stream, index));

/** Waits for a port, a report, or whatever a process says next. */
export const said = (child, type) =>
  new Promise((resolve, reject) => {
    const leave = () => child.off('message', listen).off('exit', fail);
    const listen = (message) => {
      if (message.type !== type) return;
      leave();
      resolve(message);
    };
    const fail = (code) => {
      leave();
      reject(new Error(`A process ended with ${code} before it said ${type}.`));
    };
    child.on('message', listen).on('exit', fail);
  });

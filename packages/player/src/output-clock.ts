/** A latency beyond this is a bogus timestamp, not a slow loudspeaker. */
const longestLatencySeconds = 1;

/**
 * The context time, in seconds, of the sample that leaves the loudspeaker now. Taken from the output timestamp where it
 * makes sense, else from the stated latency: engines are known to give zeros for either.
 */
export function heardContextTime(context: AudioContext): number {
  const now = context.currentTime;
  const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp?.() ?? {};
  const heard = contextTime + (performance.now() - performanceTime) / 1000;
  if (contextTime > 0 && performanceTime > 0 && now - heard < longestLatencySeconds) return Math.min(now, heard);
  return now - Math.min(context.outputLatency || context.baseLatency || 0, longestLatencySeconds);
}

/** A latency beyond this is a bogus timestamp, not a slow loudspeaker. */
const longestLatencySeconds = 1;

/**
 * The context time, in seconds, of the sample that leaves the loudspeaker now. Taken from the output timestamp where it
 * makes sense, else from the stated latency: engines are known to give zeros for either. Where neither may be asked for, it is
 * the time of what was rendered last: ahead of what is heard by the output's latency.
 */
export function heardContextTime(context: AudioContext): number {
  const now = context.currentTime;
  // Firefox over PulseAudio (Linux, and whatever else names X11) may hang the page for ever when it is asked: the question holds a lock
  // that its audio callback needs, and waits for one that the callback holds. A few dozen calls are enough. Seen in 153.
  const { userAgent } = navigator;
  if (userAgent.includes('X11') && userAgent.includes('Firefox')) return now;
  const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp?.() ?? {};
  const heard = contextTime + (performance.now() - performanceTime) / 1000;
  if (contextTime && performanceTime && now - heard < longestLatencySeconds) return Math.min(now, heard);
  return now - Math.min(context.outputLatency || context.baseLatency || 0, longestLatencySeconds);
}

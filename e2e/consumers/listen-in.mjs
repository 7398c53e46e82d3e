// Runs in the page before any of its scripts. It records what leaves the loudspeaker, and which worker and worklet files
// are loaded. `window.heard()` returns the record.

/** @returns {void} */
export function listenIn() {
  let clickedAtMs = 0;
  addEventListener('click', () => (clickedAtMs ||= performance.now()), true);
  const record = { firstSoundMs: undefined, sumOfSquares: 0, samples: 0, sampleRate: 0, workers: [], worklets: [], sockets: [] };
  /** Samples since the latest sound: silence counts as speech only when more speech follows. */
  let pending = 0;

  const onBlock = ({ inputBuffer }) => {
    record.sampleRate = inputBuffer.sampleRate;
    for (const sample of inputBuffer.getChannelData(0)) {
      if (record.firstSoundMs !== undefined) pending += 1;
      if (Math.abs(sample) < 1e-4) continue;
      record.firstSoundMs ??= performance.now() - clickedAtMs;
      record.samples += pending;
      record.sumOfSquares += sample * sample;
      pending = 0;
    }
  };

  const { connect } = AudioNode.prototype;
  const tapped = new WeakSet();
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode && !tapped.has(this)) {
      tapped.add(this);
      // Its successor, a worklet, must be loaded first, and the page's sound does not wait for that.
      // oxlint-disable-next-line typescript/no-deprecated -- see above
      const tap = target.context.createScriptProcessor(1_024, 1, 1);
      tap.addEventListener('audioprocess', onBlock);
      connect.call(this, tap);
      // A processor without a way out is not run. It puts out silence.
      connect.call(tap, target);
    }
    return connect.call(this, target, ...rest);
  };

  const { addModule } = Worklet.prototype;
  Worklet.prototype.addModule = async function (url, ...rest) {
    await addModule.call(this, url, ...rest);
    record.worklets.push(String(new URL(url, document.baseURI)));
  };
  /** Records the addresses that a class of the page is constructed with. Those of a worker's own classes are not seen. */
  const recordAddresses = (Class, addresses) =>
    new Proxy(Class, {
      construct(target, [url, ...rest], newTarget) {
        addresses.push(String(new URL(url, document.baseURI)));
        return Reflect.construct(target, [url, ...rest], newTarget);
      },
    });
  globalThis.Worker = recordAddresses(Worker, record.workers);
  globalThis.WebSocket = recordAddresses(WebSocket, record.sockets);
  globalThis.heard = () => record;
}

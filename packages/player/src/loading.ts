// What `playerLoading()` loads.
export { workletFile } from './add-worklet-module.ts';
export { socketsIn } from './socket-worker-host.ts';
export { startFromBlob, startFromFile } from './start-socket-worker.ts';

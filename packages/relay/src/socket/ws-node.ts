// Before `ws`: it must be evaluated first.
import { restoreAddonSwitches } from './ws-addons-node.ts';

import { WebSocket, WebSocketServer } from 'ws';

restoreAddonSwitches();

export { WebSocket, WebSocketServer };

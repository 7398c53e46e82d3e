export { createRelay, type Relay, type UpgradeInfo } from './create-relay.ts';
export {
  defaultLimits,
  type AudixaAccount,
  type CharacterLimit,
  type RelayAccounts,
  type RelayEvent,
  type RelayLimits,
  type RelayOptions,
  type RelayUser,
  type RelayVendor,
  type VendorAccount,
} from './relay-options.ts';
export { memoryStore } from './store/memory-store.ts';
export type { RedisClient } from './store/redis-client.ts';
export { redisStore, type RedisStoreOptions } from './store/redis-store.ts';
export type { LineRule, RelayStore, Spent, Turn } from './store/relay-store.ts';

/**
 * `ws` loads two optional native addons while it is being evaluated. Bundlers replace a missing addon with an empty module,
 * which `ws` takes for the addon: each longer frame then throws `mask is not a function`. Masking in JavaScript costs nothing
 * measurable for requests of at most 64 KiB, so the addons are switched off while `ws` loads. `@saystream/core` has the same file
 * for its own sockets.
 *
 * Import this module before `ws`: modules are evaluated in the order of their imports.
 */
const switches = ['WS_NO_BUFFER_UTIL', 'WS_NO_UTF_8_VALIDATE'] as const;

const before = switches.map((name) => [name, process.env[name]] as const);
for (const name of switches) process.env[name] = '1';

/** Gives the environment its own values back. Call it once `ws` is loaded. */
export function restoreAddonSwitches(): void {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** `npm start`: sets up what is missing, builds, and serves the demo. */
import { ensureOrExit } from "./setup.js";

await ensureOrExit();

// Loaded after the set-up: these need the npm packages.
const { build } = await import("./build.js");
const { serveUntilStopped } = await import("./serve.js");

console.log("");
try {
  await build();
} catch (error) {
  console.error(`\n✗ ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
await serveUntilStopped();

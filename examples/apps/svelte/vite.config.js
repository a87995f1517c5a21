import { svelte } from "@sveltejs/vite-plugin-svelte";

export default {
  base: "./",
  // While developing, Vite would move the package's module away from its WebAssembly.
  optimizeDeps: { exclude: ["livefeed"] },
  plugins: [svelte()],
};

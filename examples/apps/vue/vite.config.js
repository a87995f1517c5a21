import vue from "@vitejs/plugin-vue";

export default {
  base: "./",
  // While developing, Vite would move the package's module away from its WebAssembly.
  optimizeDeps: { exclude: ["livefeed"] },
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === "live-feed" } } })],
};

/** While developing, Vite would move the package's module away from its WebAssembly. */
export default { base: "./", optimizeDeps: { exclude: ["livefeed"] } };

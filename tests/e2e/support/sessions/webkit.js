/** WebKit: Selenium knows Safari's driver, not WebKitGTK's, so that one is started here. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Builder, Capabilities } from "selenium-webdriver";
import { Session } from "./session.js";

/** How long the driver may take to listen, and how often we look. */
const START_MS = 10_000;
const LOOK_MS = 20;

export class WebKitSession extends Session {
  #programs;
  #proxy;
  #stop;
  /** @type {import("./session.js").Size | undefined} */
  #size;

  /**
   * @param {import("./session.js").Programs} programs
   * @param {import("./session.js").Proxy} proxy
   * @param {Awaited<ReturnType<typeof start>>} started
   */
  constructor(programs, proxy, { driver, stop }) {
    super(driver);
    this.#programs = programs;
    this.#proxy = proxy;
    this.#stop = stop;
  }

  /**
   * @param {import("./session.js").Programs} programs
   * @param {import("./session.js").Proxy} proxy
   */
  static async open(programs, proxy) {
    if (process.env.DISPLAY === undefined) {
      throw new Error("WebKit hangs without a display: npm run test:pages gives it one, or put xvfb-run -a before.");
    }
    return new WebKitSession(programs, proxy, await start(programs, proxy));
  }

  /** @override */
  async close() {
    await super.close().finally(this.#stop);
  }

  /**
   * WebKit takes its zone from where it was started, so it is started anew, with nothing remembered.
   * @param {string} TZ
   * @override
   */
  async inZone(TZ) {
    await this.close();
    const { driver, stop } = await start(this.#programs, this.#proxy, { TZ });
    this.driver = driver;
    this.#stop = stop;
    await this.begin();
    if (this.#size !== undefined) await this.resize(this.#size);
  }

  /** @override @param {import("./session.js").Size} size */
  async resize(size) {
    this.#size = size;
    await super.resize(size);
  }
}

/**
 * Starts a driver and its browser. The proxy goes by the environment: told by WebDriver's own capability, MiniBrowser
 * now and then ends while it starts, and its driver waits for it forever.
 * @param {import("./session.js").Programs} programs
 * @param {import("./session.js").Proxy} proxy
 * @param {Record<string, string>} [env]
 */
async function start({ browser, driver: program }, { httpProxy, sslProxy, noProxy }, env = {}) {
  const port = await freePort();
  const proxies = { http_proxy: `http://${httpProxy}`, https_proxy: `http://${sslProxy}`, no_proxy: noProxy.join() };
  const service = spawn(program, [`--port=${port}`], { env: { ...process.env, ...proxies, ...env }, stdio: "ignore" });
  const stop = async () => {
    if (service.exitCode !== null || service.signalCode !== null) return;
    service.kill();
    await once(service, "exit");
  };
  try {
    const server = `http://127.0.0.1:${port}`;
    await listening(server);
    const capabilities = new Capabilities({
      browserName: "MiniBrowser",
      "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] },
    });
    const driver = await new Builder().usingServer(server).withCapabilities(capabilities).build();
    return { driver, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  return port;
}

/** @param {string} server */
async function listening(server) {
  const last = performance.now() + START_MS;
  while (performance.now() < last) {
    if (await fetch(`${server}/status`).then((answer) => answer.ok, () => false)) return;
    await sleep(LOOK_MS);
  }
  throw new Error(`WebKitWebDriver did not listen within ${START_MS} ms.`);
}

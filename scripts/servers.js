/** The servers that the examples and their tests run: which are installed, and how to install the others. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { APT_INSTALL } from "./engines.js";
import { which } from "./places.js";

/**
 * @typedef {"nginx" | "brotli" | "nchan" | "redis" | "varnish"} ServerName
 * @typedef {object} Server
 * @property {ServerName} name
 * @property {string} label as it is shown
 * @property {string[]} packages Debian's
 * @property {() => string | undefined} find the program, or the module's file
 */

/** Debian keeps what is for administrators out of the PATH of others. */
const ADMINISTRATORS = ["/usr/sbin", "/usr/local/sbin"];

/** @type {Server[]} */
export const SERVERS = [
  { name: "nginx", label: "nginx", packages: ["nginx"], find: () => program("nginx") },
  {
    name: "brotli",
    label: "nginx's brotli_static",
    packages: ["libnginx-mod-http-brotli-static", "libnginx-mod-http-brotli-filter"],
    find: () => nginxModule("ngx_http_brotli_static_module.so"),
  },
  { name: "nchan", label: "Nchan", packages: ["libnginx-mod-nchan"], find: () => nginxModule("ngx_nchan_module.so") },
  { name: "redis", label: "Redis", packages: ["redis-server"], find: () => program("redis-server") },
  { name: "varnish", label: "Varnish", packages: ["varnish"], find: () => program("varnishd") },
];

/**
 * Those that are not here.
 * @param {ServerName[]} [names] of these; of all by default
 */
export function missingServers(names = SERVERS.map(({ name }) => name)) {
  return SERVERS.filter(({ name, find }) => names.includes(name) && find() === undefined);
}

/**
 * The exact command that installs them.
 * @param {Server[]} servers
 */
export function serversRemedy(servers) {
  return ["sudo apt-get", ...APT_INSTALL, ...servers.flatMap(({ packages }) => packages)].join(" ");
}

/**
 * Where the program of a server is.
 * @param {ServerName} name
 */
export function serverProgram(name) {
  const server = SERVERS.find((each) => each.name === name);
  const found = server?.find();
  if (server === undefined || found === undefined) {
    throw new Error(`${server?.label ?? name} is not installed. Run: ${serversRemedy(server ? [server] : [])}`);
  }
  return found;
}

/** The folder of nginx's modules; nginx itself knows it. */
export function nginxModules() {
  const nginx = program("nginx");
  if (nginx === undefined) return undefined;
  // It answers on standard error.
  return spawnSync(nginx, ["-V"], { encoding: "utf8" }).stderr.match(/--modules-path=(\S+)/)?.[1];
}

/** @param {string} file */
function nginxModule(file) {
  const path = join(nginxModules() ?? "", file);
  return existsSync(path) ? path : undefined;
}

/** @param {string} name */
function program(name) {
  return which(name) ?? ADMINISTRATORS.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

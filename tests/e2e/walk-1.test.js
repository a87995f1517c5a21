import { walks } from "./support/walk.js";

walks(0);

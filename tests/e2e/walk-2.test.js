import { walks } from "./support/walk.js";

walks(1);

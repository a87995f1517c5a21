import { walks } from "./support/walk.js";

walks(2);

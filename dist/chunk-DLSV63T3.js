import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{openOutputFiles}from"./chunk-5CTHYV4Z.js";import"./chunk-SZFZXFCK.js";import"./chunk-RHZD4E6G.js";export{openOutputFiles};

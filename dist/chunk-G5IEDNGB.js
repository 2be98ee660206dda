import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{InvalidConfigError,describeConfigError}from"./chunk-O6TM2ALJ.js";import"./chunk-SZFZXFCK.js";import"./chunk-RHZD4E6G.js";export{InvalidConfigError,describeConfigError};

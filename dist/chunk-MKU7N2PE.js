import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{SEVERITIES}from"./chunk-I2FDLDKX.js";var FAIL_ON=[...SEVERITIES,"never"],PROFILES=["recommended","strict","agents"];export{FAIL_ON,PROFILES};

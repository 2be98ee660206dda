import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{renderJson}from"./chunk-HWOR2MH2.js";import"./chunk-RCRCTQOA.js";import"./chunk-RHZD4E6G.js";export{renderJson};

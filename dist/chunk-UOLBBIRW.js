import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{renderJunit}from"./chunk-F7TXKUEZ.js";import"./chunk-BLZEJ6JX.js";import"./chunk-XW3NHH5X.js";import"./chunk-RCRCTQOA.js";import"./chunk-I2FDLDKX.js";import"./chunk-RHZD4E6G.js";export{renderJunit};

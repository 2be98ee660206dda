import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{renderGithub,toAnnotations}from"./chunk-HTID6X4B.js";import"./chunk-PDNDFRTF.js";import"./chunk-BLZEJ6JX.js";import"./chunk-XW3NHH5X.js";import"./chunk-RCRCTQOA.js";import"./chunk-I2FDLDKX.js";import"./chunk-RHZD4E6G.js";export{renderGithub,toAnnotations};

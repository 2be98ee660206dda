import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{SEVERITIES}from"./chunk-I2FDLDKX.js";function isBlocking(finding,failOn){return finding.status!=="new"||failOn==="never"?!1:SEVERITIES.indexOf(finding.severity)<=SEVERITIES.indexOf(failOn)}var LOOSE="loose";export{LOOSE,isBlocking};

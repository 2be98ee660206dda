import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{globProblem,namespacePatternProblem,objectPatternProblem}from"./chunk-KFPQZ5Z2.js";import"./chunk-G5XWYANE.js";import"./chunk-RHZD4E6G.js";export{globProblem,namespacePatternProblem,objectPatternProblem};

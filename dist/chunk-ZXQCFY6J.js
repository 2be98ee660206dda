import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{GitError,gitTopLevel,isIgnored,runGit,trackedAndUntracked}from"./chunk-ICNNDYSX.js";import"./chunk-RHZD4E6G.js";export{GitError,gitTopLevel,isIgnored,runGit,trackedAndUntracked};

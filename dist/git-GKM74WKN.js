import{GitError,gitTopLevel,isIgnored,runGit,trackedAndUntracked}from"./chunk-4RVNXCRA.js";import"./chunk-4AVZ2PON.js";export{GitError,gitTopLevel,isIgnored,runGit,trackedAndUntracked};

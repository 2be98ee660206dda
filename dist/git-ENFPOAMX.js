import{GitError,gitTopLevel,isIgnored,runGit,trackedAndUntracked}from"./chunk-4RVNXCRA.js";import"./chunk-A3OMQZ6U.js";export{GitError,gitTopLevel,isIgnored,runGit,trackedAndUntracked};

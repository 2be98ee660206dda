import{openOutputFiles}from"./chunk-HBSMB7YW.js";import"./chunk-57U2UXQZ.js";import"./chunk-A3OMQZ6U.js";export{openOutputFiles};

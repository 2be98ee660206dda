import{openOutputFiles}from"./chunk-HBSMB7YW.js";import"./chunk-57U2UXQZ.js";import"./chunk-4AVZ2PON.js";export{openOutputFiles};

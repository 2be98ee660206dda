import{diffTree,listTree,readBlobs,readFileAt}from"./chunk-GO5E2XDR.js";import"./chunk-ULWLJFWP.js";import"./chunk-A3OMQZ6U.js";export{diffTree,listTree,readBlobs,readFileAt};

import{renderJson}from"./chunk-TG7WCIT2.js";import"./chunk-FZTUEN56.js";import"./chunk-A3OMQZ6U.js";export{renderJson};

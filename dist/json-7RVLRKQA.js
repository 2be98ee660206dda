import{renderJson}from"./chunk-TG7WCIT2.js";import"./chunk-FZTUEN56.js";import"./chunk-4AVZ2PON.js";export{renderJson};

import{InvalidConfigError,describeConfigError}from"./chunk-WP4MHSTH.js";import"./chunk-57U2UXQZ.js";import"./chunk-4AVZ2PON.js";export{InvalidConfigError,describeConfigError};

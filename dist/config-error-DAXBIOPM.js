import{InvalidConfigError,describeConfigError}from"./chunk-WP4MHSTH.js";import"./chunk-57U2UXQZ.js";import"./chunk-A3OMQZ6U.js";export{InvalidConfigError,describeConfigError};

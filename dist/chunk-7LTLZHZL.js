import{SEVERITIES}from"./chunk-NOFZFZ2U.js";var FAIL_ON=[...SEVERITIES,"never"],PROFILES=["recommended","strict","agents"];export{FAIL_ON,PROFILES};

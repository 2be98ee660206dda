var LOOSE="loose";export{LOOSE};

import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
var UsageError=class extends Error{name="UsageError"},ConfigurationError=class extends Error{name="ConfigurationError";file;line;column;constructor(message,file,line,column){super(message),this.file=file,this.line=line,this.column=column}};export{UsageError,ConfigurationError};

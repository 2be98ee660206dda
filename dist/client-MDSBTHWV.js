import{GitHubError,githubClient}from"./chunk-L4OOTCBT.js";import"./chunk-A3OMQZ6U.js";export{GitHubError,githubClient};

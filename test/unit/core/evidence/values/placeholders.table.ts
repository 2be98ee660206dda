import { rows } from "./rows.ts";

/** Values that ask to be replaced, and cannot be meant. */
export const PLACEHOLDERS = rows(
  "placeholder",
  `
  foo changeme
  foo CHANGE_ME
  foo example
  password ***
  password ********
  password xxx
  password XXXXXXXX
  password <password>
  password <your password here>
  password your-password
  password YOUR_API_KEY
  password yourSecretHere
  token insert-token-here
  token **access token goes here**
  token redacted
  token [REDACTED]
  token none
  token null
  token N/A
  token ...
  token example-token
  token dummy_value
  token fake-token-1
  token mock-api-key
  api_key placeholder-key
  AWS_SECRET_ACCESS_KEY wJalr~~XUtnFEMI/K7MDENG/bPxRfiCYEXAMPLE~~KEY
  AWS_ACCESS_KEY AK~~IAIOSFODNN7EXAMPLE
  GITHUB_TOKEN gh~~p_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
  GITHUB_TOKEN gh~~p_xxxx
  SLACK_TOKEN xo~~xb-xxxx-xxxx-xxxx
  password sk-********
  payload gh~~p_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
  foo change-me
  foo replaceme
  foo replace_me
  foo replace-me
  foo REPLACE_ME
  foo todo
  foo TODO
  foo tbd
  foo FIXME
  foo dummy
  foo sample
  foo placeholder
  API_TOKEN xxx
  API_TOKEN xxxxxxxxxxxx
  API_TOKEN XXXX-XXXX
  API_TOKEN ***
  API_TOKEN *****
  API_TOKEN <token>
  API_TOKEN <your-token>
  API_TOKEN <YOUR API TOKEN>
  API_TOKEN <insert token>
  API_TOKEN your-token
  API_TOKEN your_api_token
  API_TOKEN your api token
  API_TOKEN YOUR-TOKEN-HERE
  API_TOKEN insert_token_here
  API_TOKEN INSERT YOUR TOKEN HERE
  API_TOKEN redacted
  API_TOKEN REDACTED
  API_TOKEN <redacted>
  API_TOKEN [redacted]
  API_TOKEN none
  API_TOKEN None
  API_TOKEN null
  API_TOKEN n/a
  API_TOKEN ....
  API_TOKEN sample-token
  API_TOKEN example_token
  API_KEY YOUR_API_KEY_HERE
  API_KEY <OPENAI_API_KEY>
  API_KEY sk-xxxxxxxxxxxxxxxxxxxx
  API_KEY sk-...
  CLIENT_SECRET <client-secret>
  CLIENT_SECRET YOUR_CLIENT_SECRET
  CLIENT_SECRET dummy-client-secret
  password <insert password here>
  password <replace-with-password>
  password your_password_here
  password xxxxxxxx
  password xXxXxX
  password ****************
  password <secret>
  DSN <dsn>
  webhook_url <slack webhook url>
  connectionString <connection string>
  private_key <private key>
  jwt_secret <random string>
  GITHUB_TOKEN ghp_...
  password Your password has expired
  password ---
  token [token]
  secret (none)
`,
);

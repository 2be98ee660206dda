import { lintSource } from "@secretlint/core";
import { secretLintProfiler } from "@secretlint/profiler";
import type { SecretLintCoreConfig, SecretLintCoreResultMessage } from "@secretlint/types";
import { isSampleToken } from "../../core/evidence/token-shapes.ts";
import { findUserInfo } from "../../core/evidence/url-parts.ts";
import { isSampleWebhook } from "../../core/evidence/urls.ts";
import type { TokenDetector, TokenHit } from "../../core/ports.ts";
import { chunksOf, type Chunk } from "./chunks.ts";
import { detectorConfig, detectorName } from "./rules.ts";
import { mayHoldToken } from "./prefilter.ts";

// secretlint measures itself through performance marks, and looks through all of them at each new one:
// the time grows with the square of the number of files. Nobody reads the measurements.
Object.assign(secretLintProfiler, { perf: { mark: () => undefined, measure: () => undefined } });

/** Hits in one text after which its rest is not searched: nothing is left to learn of such a text. */
const MOST_HITS = 2000;

/**
 * Finds tokens with secretlint: its recommended rules and patterns of our own. Directives in the text
 * (`secretlint-disable`) have no effect. A hit says where and what; secretlint's messages, which may
 * quote the secret, are dropped here.
 */
export function secretlintDetector(): TokenDetector {
  const config = detectorConfig();
  return {
    detect: async (text, uri) => {
      const hits: TokenHit[] = [];
      for (const chunk of chunksOf(text)) {
        if (hits.length >= MOST_HITS) break;
        if (mayHoldToken(chunk.text)) hits.push(...(await detectIn(chunk, uri, config)));
      }
      return distinct(hits);
    },
  };
}

async function detectIn(chunk: Chunk, uri: string, config: SecretLintCoreConfig): Promise<readonly TokenHit[]> {
  const result = await lintSource({
    source: { filePath: uri, content: chunk.text, contentType: "text", ext: "" },
    options: { config, maskSecrets: true, noPhysicFilePath: true },
  });
  return result.messages.filter(({ range }) => !isCut(range, chunk)).flatMap((message) => hitOf(message, chunk) ?? []);
}

// What touches an edge in the middle of a line may be half a token; the next piece has all of it.
function isCut([start, end]: readonly [number, number], chunk: Chunk): boolean {
  return (chunk.cutBefore && start === 0) || (chunk.cutAfter && end >= chunk.text.length);
}

function hitOf({ ruleId, messageId, range }: SecretLintCoreResultMessage, { text, offset }: Chunk): TokenHit | null {
  const detector = detectorName(ruleId, messageId);
  const [start, end] = range;
  const found = text.slice(start, end);
  switch (detector) {
    case "secretlint/privatekey":
      return { detector, kind: "private-key", start: offset + start, end: offset + end };
    case "secretlint/slack-webhook":
      return isSampleWebhook(found)
        ? null
        : { detector, kind: "url-credential", start: offset + start, end: offset + end };
    case "secretlint/basicauth":
    case "secretlint/database-connection-string": {
      // secretlint tells of the whole URL, and of what stands behind it; the password is what counts.
      const info = findUserInfo(found).find(({ password }) => password !== null && password !== "");
      return info === undefined
        ? null
        : { detector, kind: "url-credential", start: offset + start + info.start, end: offset + start + info.end };
    }
    case "secretlint/aws":
    case "secretlint/npm": {
      const token = exactSpan(messageId, text, start, end);
      return isSampleToken(text.slice(...token))
        ? null
        : { detector, kind: "token", start: offset + token[0], end: offset + token[1] };
    }
    default:
      return isSampleToken(found) ? null : { detector, kind: "token", start: offset + start, end: offset + end };
  }
}

// These rules tell of a stretch that starts where their match starts and is as long as the token in it,
// so that the end of the token is missing.
const TOKEN_IN_MATCH: { readonly [messageId: string]: RegExp } = {
  AWSSecretAccessKey: /[^:=]{0,60}(?:=>|[:=])\s*["']?([A-Za-z0-9/+=]{40})/dy,
  PackageJSON_xOauthToken: /https?:\/\/(.{1,256}):x-oauth-basic@/dy,
  Npmrc_authToken: /_authToken=([^\s]+)/dy,
};

function exactSpan(messageId: string, text: string, start: number, end: number): readonly [number, number] {
  const pattern = TOKEN_IN_MATCH[messageId];
  if (pattern === undefined) return [start, end];
  pattern.lastIndex = start;
  return pattern.exec(text)?.indices?.[1] ?? [start, end];
}

// Chunks overlap, so that what stands on an edge is found in one of them; both may find it.
function distinct(hits: readonly TokenHit[]): readonly TokenHit[] {
  const seen = new Set<string>();
  return hits.filter(({ detector, start, end }) => {
    const key = `${detector} ${start} ${end}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * What somebody at the desk says to an alarm, sent to the server. The row changes when the announcement comes back.
 *
 * @import { Alarm } from "./types.js"
 * @typedef {{step: "acknowledge" | "resolve" | "shelve" | "unshelve", body?: object}} Answer
 */

const ANSWER_MS = 8000;

/** @param {Alarm} alarm @param {Answer} answer @returns {Promise<"done" | "late" | "unreachable">} `late`: somebody was first, or it is over */
export async function answerAlarm(alarm, { step, body = {} }) {
  try {
    const answer = await fetch(`/api/v1/alarms/${encodeURIComponent(alarm.id)}/${step}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (answer.ok) return "done";
    return answer.status === 409 || answer.status === 404 ? "late" : "unreachable";
  } catch {
    return "unreachable";
  }
}

/** Starts the restaurant's screen from the page that was kept (shell.js), where Dash is not. */
import { start } from "./main.js";
import { CONFIG, forget } from "./shell.js";

const config = JSON.parse(document.getElementById(CONFIG)?.textContent ?? "null");
document.getElementById("sign-out")?.addEventListener("click", async () => {
  await forget();
  await fetch("/logout", { method: "POST" });
  location.assign("/sign-in");
});
if (config) await start(config);

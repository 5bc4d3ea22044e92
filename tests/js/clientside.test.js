import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const CODE = readFileSync(new URL("../../assets/clientside.js", import.meta.url), "utf8");

test("Dash's store is told of a component only where it has something to forget of it", () => {
  const window = /** @type {any} */ ({});
  runInNewContext(CODE, { window, document: { addEventListener() {} } });
  const told = /** @type {object[]} */ ([]);
  const store = { dispatch: (/** @type {object} */ action) => told.push(action), getState: () => ({ layoutHashes: { "props,children,3": {} } }) };
  window.dash_stores.push(store);
  const reset = (/** @type {unknown[]} */ ...itempath) => ({ type: "RESET_COMPONENT_STATE", payload: { itempath } });
  const [idle, parent, other] = [reset("props", "children", 1), reset("props", "children"), { type: "ON_PROP_CHANGE" }];
  for (const action of [idle, parent, other]) store.dispatch(action);
  assert.deepEqual(told, [parent, other]);
  assert.equal(window.dash_stores[0], store);
});

/** The one script that Dash includes: it hands over to the modules in desk/, which are loaded when a page needs them. */
(() => {
  const w = /** @type {any} */ (window);
  const LARGEST_FILE = 1.4 * 1024 * 1024; // a data URL of 1 MB: base64 makes it a third longer
  const MENUS = "details:is(.page-group, .page-menu, .visitor-menu)[open]";
  /** Shut the menus of the header that somebody has left. @param {EventTarget | null} at */
  const leave = (at) => {
    for (const menu of document.querySelectorAll(MENUS)) {
      if (!(at instanceof Node && menu.contains(at))) menu.removeAttribute("open");
    }
  };
  document.addEventListener("click", (event) => leave(event.target));
  document.addEventListener("focusin", (event) => leave(event.target));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.activeElement?.closest(MENUS);
    if (!menu) return;
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  });
  /*
   * Dash 4 tells its store of each component that it has drawn for the first time, and then every component looks whether
   * that concerns it: a page of 2,000 of them takes half a minute. Nothing is told where there is nothing to forget.
   */
  const stores = /** @type {any[]} */ ([]);
  stores.push = (store) => {
    const { dispatch } = store;
    /** @param {{type?: string, payload?: {itempath?: unknown[]}}} action */
    const isIdle = ({ type, payload }) => {
      if (type !== "RESET_COMPONENT_STATE" || !payload?.itempath) return false;
      const path = payload.itempath.join(",");
      return !Object.keys(store.getState().layoutHashes ?? {}).some((known) => known.startsWith(path));
    };
    store.dispatch = (/** @type {any} */ action) => (isIdle(action) ? action : dispatch(action));
    return Array.prototype.push.call(stores, store);
  };
  w.dash_stores = stores;
  w.dash_clientside = Object.assign({}, w.dash_clientside, {
    desk: {
      /** Called by a callback when /dispatch has been laid out. @param {{bundles: Record<string, string>} | null} config the content of #desk-config */
      async start(config) {
        if (!config) return w.dash_clientside.no_update;
        // All on their way at once; who needs one asks for it again, and says so if it does not come.
        for (const url of Object.values(config.bundles)) import(url).catch(() => null);
        const { start } = await import(config.bundles.desk);
        await start(config);
        return "started";
      },
      /** Called by a callback when /replay has been laid out. @param {{bundles: Record<string, string>} | null} config the content of #replay-config */
      async replay(config) {
        if (!config) return w.dash_clientside.no_update;
        import(config.bundles.deck).catch(() => null);
        const { start } = await import(config.bundles.past);
        await start(config);
        return "started";
      },
      /** Called by a callback when /restaurant has been laid out. @param {{bundles: Record<string, string>} | null} config the content of #kitchen-config */
      async kitchen(config) {
        if (!config) return w.dash_clientside.no_update;
        const { start } = await import(config.bundles.kitchen);
        await start(config);
        return "started";
      },
      /** Called by a callback when a courier's form for an incident has been laid out. @param {{bundles: Record<string, string>} | null} config the content of #report-config */
      async report(config) {
        if (!config) return w.dash_clientside.no_update;
        const { start } = await import(config.bundles.courier);
        start(config);
        return "started";
      },
      /** A dialog goes away when one of its buttons was pressed, not when it was only drawn. */
      shut() {
        const { triggered } = w.dash_clientside.callback_context;
        return triggered.some((/** @type {{value: unknown}} */ one) => one.value) ? false : w.dash_clientside.no_update;
      },
      /** Whether something was written about the weather. @param {number} _beat @param {number | null} shown */
      weather(_beat, shown) {
        const seq = w.roulement?.weather() ?? shown;
        return seq === shown ? w.dash_clientside.no_update : seq;
      },
      /** Whether something was written about handing over. @param {number} _beat @param {number | null} shown */
      handover(_beat, shown) {
        const seq = w.roulement?.handover() ?? shown;
        return seq === shown ? w.dash_clientside.no_update : seq;
      },
      /** On paper, as the page's print styles have it. @param {number | null} clicks */
      print(clicks) {
        if (clicks) window.print();
        return String(clicks ?? 0);
      },
      /** A chosen file, unless it is too large to be sent. @param {string | null} contents a data URL @param {string} tooLarge what to say then */
      file(contents, tooLarge) {
        const { no_update } = w.dash_clientside;
        if (!contents) return [no_update, no_update];
        return contents.length > LARGEST_FILE ? [no_update, tooLarge] : [contents, ""];
      },
      /** A file box has no name, and Dash draws it some time after the rest: it gets that of its button. @param {string} box its id */
      async label(box) {
        const input = () => document.querySelector(`#${box} input[type=file]`);
        const page = location.pathname;
        while (!input() && location.pathname === page) await new Promise(requestAnimationFrame);
        input()?.setAttribute("aria-label", document.getElementById(box)?.textContent ?? "");
        return box;
      },
      /** More of a file is to be taken in: the next part. @param {object | null} behind what was taken in so far */
      again(behind) {
        if (behind) w.dash_clientside.set_props("import-go", { data: behind });
      },
      /** The ways of a proposal, for the map to draw; none when it is over. @param {number[][][] | null} ways */
      plan(ways) {
        window.dispatchEvent(new CustomEvent("roulement-plan", { detail: ways ?? [] }));
        return String(ways?.length ?? 0);
      },
      /** How far the journal has come, when it has moved on. @param {number} _beat @param {number | null} shown */
      news(_beat, shown) {
        const seq = w.roulement?.state().seq ?? null;
        return seq === shown ? w.dash_clientside.no_update : seq;
      },
    },
  });
})();

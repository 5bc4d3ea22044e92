/** The one script that Dash includes: it hands over to the modules in desk/, which are loaded when a page needs them. */
(() => {
  const w = /** @type {any} */ (window);
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
      /** Called by a callback when /restaurant has been laid out. @param {{bundles: Record<string, string>} | null} config the content of #kitchen-config */
      async kitchen(config) {
        if (!config) return w.dash_clientside.no_update;
        const { start } = await import(config.bundles.kitchen);
        await start(config);
        return "started";
      },
      /** A dialog goes away when one of its buttons was pressed, not when it was only drawn. */
      shut() {
        const { triggered } = w.dash_clientside.callback_context;
        return triggered.some((/** @type {{value: unknown}} */ one) => one.value) ? false : w.dash_clientside.no_update;
      },
      /** How far the journal has come, when it has moved on. @param {number} _beat @param {number | null} shown */
      news(_beat, shown) {
        const seq = w.roulement?.state().seq ?? null;
        return seq === shown ? w.dash_clientside.no_update : seq;
      },
    },
  });
})();

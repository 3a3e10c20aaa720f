import js from "@eslint/js";

const browser = ["window", "document", "navigator", "CustomEvent", "FormData", "URL", "setTimeout", "clearTimeout", "setInterval",
  "clearInterval", "requestAnimationFrame", "performance", "localStorage", "sessionStorage", "console", "Intl", "ResizeObserver",
  "MutationObserver", "matchMedia", "location", "structuredClone", "HTMLElement", "Event", "TextEncoder", "TextDecoder", "atob", "btoa"];
const globals = Object.fromEntries(browser.map((name) => [name, "readonly"]));
const oldEvent = "/^htmx:([a-z]+[A-Z]|load$|timeout$|xhr|validation)/";

export default [
  js.configs.recommended,
  {
    files: ["**/src/js/**"],
    languageOptions: { globals },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-globals": ["error", { name: "fetch", message: "htmx fetches; controllers behave." }],
      "no-restricted-syntax": [
        "error",
        { selector: `Literal[value=${oldEvent}]`, message: "An htmx 2 event name: htmx 4 writes htmx:after:swap." },
        { selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]", message: "No HTML strings: the server renders." },
        { selector: "CallExpression[callee.property.name='setAttribute'][arguments.0.value='style']", message: "No inline style: use a class or an SVG attribute." },
      ],
    },
  },
  { ignores: ["**/dist/"] },
  { files: ["**/*.mjs"], languageOptions: { globals: { process: "readonly", console: "readonly" } } },
];

// The editor of shared notes, loaded on the desk alone. It stands in a shadow root: its style sheets are then made by script objects
// and not by style elements, which the page's policy forbids.
import { defaultKeymap } from "@codemirror/commands";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, keymap } from "@codemirror/view";
import { yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import * as Y from "yjs";

const COLOURS = 4;

const LOOK = EditorView.theme({
  "&": { border: "1px solid var(--border-strong)", borderRadius: "6px", background: "var(--surface)", color: "var(--ink)" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "1.5", minHeight: "7rem", maxHeight: "24rem", overflow: "auto" },
  ".cm-content": { padding: "8px 12px", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".other": { position: "relative", borderLeft: "2px solid var(--accent)", marginLeft: "-1px", marginRight: "-1px" },
  ".other > b": {
    position: "absolute", top: "-1.25em", left: "-2px", padding: "0 4px", borderRadius: "4px 4px 4px 0", whiteSpace: "nowrap",
    fontSize: "0.8125rem", lineHeight: "1.25", background: "var(--accent)", color: "var(--on-accent)", zIndex: "2",
  },
  ".other.c1": { borderLeftColor: "var(--warn)" },
  ".other.c1 > b": { background: "var(--warn)", color: "var(--surface)" },
  ".other.c2": { borderLeftColor: "var(--ok)" },
  ".other.c2 > b": { background: "var(--ok)", color: "var(--surface)" },
  ".other.c3": { borderLeftColor: "var(--stop)" },
  ".other.c3 > b": { background: "var(--stop)", color: "var(--surface)" },
});

class Caret extends WidgetType {
  constructor(name, colour) {
    super();
    this.name = name;
    this.colour = colour;
  }

  eq(other) {
    return other.name === this.name && other.colour === this.colour;
  }

  toDOM() {
    const place = document.createElement("span");
    place.className = `other c${this.colour}`;
    place.setAttribute("aria-hidden", "true");
    const label = document.createElement("b");
    label.textContent = this.name;
    place.append(label);
    return place;
  }

  ignoreEvent() {
    return true;
  }
}

/** Where the others write: kept as places relative to the letters, so that they move with them. */
const moved = StateEffect.define();

function caretsOf(people, shared, length) {
  const found = [];
  for (const { name, place, colour } of people.values()) {
    const at = Y.createAbsolutePositionFromRelativePosition(place, shared.doc);
    if (!at || at.type !== shared.text) continue;
    found.push(Decoration.widget({ widget: new Caret(name, colour), side: 1 }).range(Math.min(at.index, length)));
  }
  return Decoration.set(found, true);
}

function carets(people, shared) {
  return StateField.define({
    create: () => Decoration.none,
    update: (shown, transaction) =>
      transaction.docChanged || transaction.effects.some((effect) => effect.is(moved))
        ? caretsOf(people, shared, transaction.newDoc.length)
        : shown,
    provide: (field) => EditorView.decorations.from(field),
  });
}

/** Put an editor on a shared text into a place; `look` hears where this person writes. */
export function mount({ place, shared, label, look }) {
  const people = new Map();
  const undo = new Y.UndoManager(shared.text);
  const root = place.shadowRoot ?? place.attachShadow({ mode: "open" });
  root.replaceChildren();
  const tellPlace = (update) => {
    if (!update.view.hasFocus || !(update.selectionSet || update.docChanged || update.focusChanged)) return;
    const head = update.state.selection.main.head;
    look(JSON.stringify(Y.createRelativePositionFromTypeIndex(shared.text, head)));
  };
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: shared.text.toString(),
      extensions: [
        keymap.of([...yUndoManagerKeymap, ...defaultKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "true", autocapitalize: "sentences", lang: "fr" }),
        yCollab(shared.text, null, { undoManager: undo }),
        carets(people, shared),
        EditorView.updateListener.of(tellPlace),
        LOOK,
      ],
    }),
  });
  return {
    view,
    /** Show where somebody else writes. */
    place({ who, name, place: text }) {
      const colour = people.get(who)?.colour ?? people.size % COLOURS;
      people.set(who, { name, colour, place: Y.createRelativePositionFromJSON(JSON.parse(text)) });
      view.dispatch({ effects: moved.of(null) });
    },
    /** Forget somebody who left. */
    forget(who) {
      if (people.delete(who)) view.dispatch({ effects: moved.of(null) });
    },
    destroy() {
      undo.destroy();
      view.destroy();
    },
  };
}

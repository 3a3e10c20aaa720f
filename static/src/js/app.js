import "htmx.org/dist/htmx.esm.js";
import { application } from "./application.js";
import AutosubmitController from "./controllers/autosubmit.js";
import CopyController from "./controllers/copy.js";
import DisclosureController from "./controllers/disclosure.js";
import FocusErrorsController from "./controllers/focus_errors.js";
import MenuController from "./controllers/menu.js";
import PrintController from "./controllers/print.js";
import SortableController from "./controllers/sortable.js";
import TroubleController from "./controllers/trouble.js";

application.register("autosubmit", AutosubmitController);
application.register("copy", CopyController);
application.register("disclosure", DisclosureController);
application.register("focus-errors", FocusErrorsController);
application.register("menu", MenuController);
application.register("print", PrintController);
application.register("sortable", SortableController);
application.register("trouble", TroubleController);

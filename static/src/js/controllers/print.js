import { Controller } from "@hotwired/stimulus";

/** Opens the browser's print dialogue. */
export default class extends Controller {
  print() {
    window.print();
  }
}

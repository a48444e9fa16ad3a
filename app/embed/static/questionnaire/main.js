/** The page of an invitation: its link says who is asked. */

import { Questionnaire } from "./element.js";
import * as link from "./link.js";

customElements.define("sbm-questionnaire", Questionnaire);

const page = document.querySelector("sbm-questionnaire");
page.open(link.read());
addEventListener("hashchange", () => page.follow(link.read()));

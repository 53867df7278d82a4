// What makes pages quicker and safer where JavaScript runs. Everything works without it.
import { guardPresses } from "./press.js";
import { keepDrafts } from "./draft.js";
import { shrinkPhotos } from "./photo.js";
import { bindKeys } from "./keys.js";
import { bindCopy } from "./copy.js";
import { echoMoney } from "./money.js";
import { bindSteppers } from "./stepper.js";
import { warnOnLeaving } from "./leave.js";
import { submitOnChange } from "./submit.js";
import { watchSwaps } from "./swap.js";
import { keepWhenOffline } from "./offline.js";
import { tellHere } from "./here.js";
import { fadeUndo } from "./undo.js";
import { suggest } from "./suggest.js";
import { offerOptions } from "./options.js";

keepWhenOffline();
guardPresses();
keepDrafts();
shrinkPhotos();
bindKeys();
bindCopy();
echoMoney();
bindSteppers();
warnOnLeaving();
submitOnChange();
watchSwaps();
tellHere();
fadeUndo();
suggest();
offerOptions();

// After a refused form the person stands at the list of what is wrong.
document.getElementById("errors")?.focus();

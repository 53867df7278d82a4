// Pictures are shrunk to 1,600 px and about 300 KB before they are sent; drawing them anew leaves place and camera behind.
import { announce, say } from "./words.js";

const LONGEST = 1600;
const TARGET = 300 * 1024;
const MOST = 6;

export function shrinkPhotos(root = document) {
  for (const input of root.querySelectorAll('input[type="file"][data-photos]')) {
    input.addEventListener("change", () => take(input));
  }
}

async function take(input) {
  const chosen = [...input.files].filter((file) => file.type.startsWith("image/"));
  const row = input.closest(".photo-row");
  const before = input.kept ?? [];
  const added = [];
  for (const file of chosen) {
    if (before.length + added.length >= MOST) {
      announce(say("most"));
      break;
    }
    announce(say("shrinking"));
    added.push(await shrink(file));
  }
  input.kept = [...before, ...added];
  write(input);
  draw(input, row);
  announce(`${input.kept.length} ${say("ready")}`);
}

function write(input) {
  const transfer = new DataTransfer();
  for (const file of input.kept) transfer.items.add(file);
  input.files = transfer.files;
}

function draw(input, row) {
  for (const old of row.querySelectorAll("figure[data-new]")) {
    URL.revokeObjectURL(old.querySelector("img").src);
    old.remove();
  }
  input.kept.forEach((file, at) => {
    const figure = document.createElement("figure");
    figure.className = "photo";
    figure.dataset.new = "";
    const image = document.createElement("img");
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = document.documentElement.lang === "en" ? "Remove" : "移除";
    button.addEventListener("click", () => {
      input.kept.splice(at, 1);
      write(input);
      draw(input, row);
    });
    figure.append(image, button);
    row.append(figure);
  });
}

async function shrink(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    for (const quality of [0.82, 0.7, 0.58, 0.46]) {
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (blob && (blob.size <= TARGET || quality === 0.46)) {
        return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
      }
    }
  } catch {
    // A picture this browser cannot draw goes as it is: the server strips it.
  }
  return file;
}

/* Files sent ahead of their form: [data-upload=URL] (components/upload.html). Choose or drop; progress, name and size; an error beside the
   field. Loaded by forms.js where there is one. Without it, or without an address, the file goes with the form. */
(() => {
  "use strict";
  const { ready, all, say } = window.rp;
  const set = (box) => {
    const { upload: url, most, tooBig, failed, sending, checking, there } = box.dataset;
    const drop = box.querySelector(".rp-drop"), sent = box.querySelector(".rp-sent"), input = drop.querySelector("input");
    const [name, note] = sent.querySelectorAll("b, small"), bar = sent.querySelector("progress"), out = sent.querySelector("button");
    const kept = box.querySelector("input[type=hidden]"), error = box.querySelector(".invalid-feedback");
    let running;
    out.hidden = false;

    const show = (done) => { drop.hidden = done; sent.hidden = !done; };
    const refuse = (text) => {
      error.textContent = text; error.hidden = !text; kept.value = ""; input.value = "";
      input.classList.toggle("is-invalid", Boolean(text));
      show(false);
    };
    const hold = (held) => { const form = box.closest("form"); if (form) form.querySelectorAll("button:not([type=button])").forEach((b) => { b.disabled = held; }); };
    const end = () => { running = null; bar.hidden = true; hold(false); };

    const send = (file) => {
      if (file.size > Number(most)) { refuse(tooBig); return; }
      refuse("");
      name.textContent = file.name; note.textContent = sending; bar.hidden = false; bar.value = 0;
      show(true); hold(true);
      const body = new FormData(), request = new XMLHttpRequest();
      body.append("file", file);
      running = request;
      request.open("POST", url); request.responseType = "json";
      request.upload.onprogress = (e) => { if (e.lengthComputable) { bar.value = 100 * e.loaded / e.total; if (e.loaded === e.total) note.textContent = checking; } };
      request.onload = () => {
        end();
        const answer = request.response || {};
        if (request.status !== 201) { refuse(answer.error || failed); input.focus(); return; }
        kept.value = answer.id; name.textContent = answer.name; note.textContent = answer.size; /* as it is kept, after washing */
        say(`${answer.name} ${there}`); out.focus();
      };
      request.onerror = () => { end(); refuse(failed); };
      request.onabort = end;
      request.send(body);
      input.value = ""; /* it is on its way: not a second time with the form */
    };

    input.addEventListener("change", () => { if (input.files[0]) send(input.files[0]); });
    out.addEventListener("click", () => { if (running) running.abort(); refuse(""); input.focus(); });
    ["dragenter", "dragover"].forEach((kind) => box.addEventListener(kind, (e) => { e.preventDefault(); box.classList.add("over"); }));
    ["dragleave", "drop"].forEach((kind) => box.addEventListener(kind, () => box.classList.remove("over")));
    box.addEventListener("drop", (e) => { e.preventDefault(); if (e.dataTransfer.files[0] && !running) send(e.dataTransfer.files[0]); });
  };

  ready((scope) => all(scope, ".rp-upload").forEach((box) => {
    if (!box.dataset.upload || box.dataset.on) return;
    box.dataset.on = "1";
    set(box);
  }));
})();

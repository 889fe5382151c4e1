/* Files that are sent while somebody goes on writing, part by part (tus 1.0): a lost line costs one part and no more.
   Without this the field sends them with the form, up to a smaller size. */
"use strict";
(() => {
  const VERSION = "1.0.0", MEBIBYTE = 1024 * 1024, WAITS = [1, 2, 5, 10, 20, 30];
  const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
  const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

  class Sending {
    constructor(box, file, line, at) {
      this.box = box; this.file = file; this.line = line; this.at = at;
      this.offset = 0; this.isPaused = false; this.isEnded = false; this.told = -1;
      this.progress = line.querySelector("progress");
      this.said = line.querySelector("[data-said]");
      this.pause = line.querySelector("[data-pause]");
      this.pause.addEventListener("click", () => this.turn());
      line.querySelector("[data-end]").addEventListener("click", () => this.end());
    }

    get isWhole() { return this.at !== "" && this.offset === this.file.size; }

    headers(more) {
      return { "Tus-Resumable": VERSION, "Meldpunt-Draft": this.box.code, ...more };
    }

    turn() {
      this.isPaused = !this.isPaused;
      this.pause.textContent = this.isPaused ? this.pause.dataset.goOn : this.pause.dataset.pause;
      if (this.isPaused) this.stop?.abort();
      this.say(this.isPaused ? this.box.words.paused : this.box.words.sending);
      if (!this.isPaused) this.run();
    }

    async end() {
      this.isEnded = true;
      this.stop?.abort();
      if (this.at) await fetch(this.at, { method: "DELETE", headers: this.headers() }).catch(() => {});
      this.line.remove();
      this.box.say(this.box.words.ended.replace("{name}", this.file.name));
      this.box.input.focus();
      this.box.settled();
    }

    say(words) {
      this.said.textContent = words.replace("{percent}", String(this.percent()));
      this.box.say(`${this.file.name}: ${this.said.textContent}`);
    }

    percent() { return this.file.size ? Math.floor((100 * this.offset) / this.file.size) : 100; }

    /* Seen at every part, and said aloud at every quarter. */
    show() {
      this.progress.value = this.percent();
      this.said.textContent = this.box.words.sending.replace("{percent}", String(this.percent()));
      const quarter = Math.floor(this.percent() / 25);
      if (quarter !== this.told) { this.told = quarter; this.box.say(`${this.file.name}: ${this.said.textContent}`); }
    }

    async run() {
      for (let tries = 0; !this.isPaused && !this.isEnded && !this.isWhole;) {
        try {
          if (this.at === "") await this.begin();
          else if (tries) await this.ask();
          while (!this.isPaused && !this.isEnded && this.offset < this.file.size) { await this.part(); tries = 0; }
        } catch (trouble) {
          if (this.isPaused || this.isEnded) return;
          if (trouble.isFinal) { this.fail(trouble.message); return; }
          this.say(this.box.words.trouble);
          await sleep(WAITS[Math.min(tries, WAITS.length - 1)]);
          tries += 1;
        }
      }
      if (this.isWhole) { this.progress.value = 100; this.pause.remove(); this.say(this.box.words.whole); this.box.settled(); }
    }

    fail(words) {
      this.isFailed = true;
      this.pause.remove();
      this.say(words || this.box.words.refused);
      this.box.settled();
    }

    async begin() {
      const name = base64(new TextEncoder().encode(this.file.name));
      const type = base64(new TextEncoder().encode(this.file.type || "application/octet-stream"));
      const headers = this.headers({ "Upload-Length": String(this.file.size), "Upload-Metadata": `filename ${name},filetype ${type}` });
      const answer = await this.box.asked(this.box.address, { method: "POST", headers });
      this.at = answer.headers.get("Location");
      this.offset = Number(answer.headers.get("Upload-Offset") || 0);
    }

    async ask() {
      const answer = await this.box.asked(this.at, { method: "HEAD", headers: this.headers() });
      this.offset = Number(answer.headers.get("Upload-Offset"));
    }

    async part() {
      const size = this.file.size > 64 * MEBIBYTE ? 4 * MEBIBYTE : MEBIBYTE;
      const body = await this.file.slice(this.offset, this.offset + size).arrayBuffer();
      const more = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(this.offset) };
      if (crypto.subtle) more["Upload-Checksum"] = `sha256 ${base64(new Uint8Array(await crypto.subtle.digest("SHA-256", body)))}`;
      this.stop = new AbortController();
      const answer = await this.box.asked(this.at, { method: "PATCH", headers: this.headers(more), body, signal: this.stop.signal });
      this.offset = Number(answer.headers.get("Upload-Offset"));
      this.show();
    }
  }

  class Box {
    constructor(place) {
      this.place = place; this.form = place.closest("form"); this.input = this.form.querySelector("input[type=file]");
      this.address = place.dataset.uploads; this.code = this.form.elements.draft.value; this.words = place.dataset;
      this.list = place.querySelector("ul"); this.status = place.querySelector("[role=status]");
      this.limit = Number(place.dataset.limit); this.sendings = []; this.waiting = null;
      this.input.addEventListener("change", () => this.take());
      this.form.addEventListener("submit", (event) => this.hold(event));
      for (const line of this.list.children) this.known(line);
    }

    say(words) { this.status.textContent = words; }

    async asked(address, request) {
      const answer = await fetch(address, { ...request, redirect: "manual" });
      if (answer.ok) return answer;
      const trouble = new Error((answer.headers.get("Content-Type") || "").startsWith("text/plain") ? await answer.text() : "");
      trouble.isFinal = [400, 404, 410, 413, 507].includes(answer.status);
      throw trouble;
    }

    /* One that stood on the page: taken away at once, and gone on with when the same file is chosen again. */
    known(line) {
      line.querySelector("[name=drop]").addEventListener("click", async (event) => {
        event.preventDefault();
        const headers = { "Tus-Resumable": VERSION, "Meldpunt-Draft": this.code };
        await fetch(line.dataset.at, { method: "DELETE", headers }).catch(() => {});
        line.remove();
        this.say(this.words.ended.replace("{name}", line.dataset.name));
        this.input.focus();
      });
    }

    take() {
      for (const file of this.input.files) {
        const line = this.place.querySelector("template").content.cloneNode(true).firstElementChild;
        const before = [...this.list.children].find((one) => one.dataset.name === file.name && Number(one.dataset.length) === file.size && one.dataset.whole === "no");
        line.querySelector("[data-name]").textContent = file.name;
        line.querySelector("progress").setAttribute("aria-label", file.name);
        const sending = new Sending(this, file, line, before ? before.dataset.at : "");
        if (before) before.replaceWith(line); else this.list.append(line);
        this.sendings.push(sending);
        if (file.size > this.limit) { sending.fail(this.words.large); continue; }
        (before ? sending.ask().catch(() => {}) : Promise.resolve()).then(() => sending.run());
      }
      this.input.value = "";
      this.form.dispatchEvent(new Event("input", { bubbles: true }));
    }

    get pending() { return this.sendings.filter((one) => !one.isEnded && !one.isWhole && !one.isFailed); }

    /* The form waits for its files, and goes by itself when they came in. */
    hold(event) {
      if (event.submitter && ["drop", "show", "back"].includes(event.submitter.name)) return;
      if (!this.pending.length) return;
      event.preventDefault();
      this.waiting = event.submitter || true;
      this.say(this.words.waits);
    }

    settled() {
      if (this.waiting === null || this.pending.length) return;
      const by = this.waiting;
      this.waiting = null;
      if (this.sendings.some((one) => one.isFailed && !one.isEnded)) { this.say(this.words.look); return; }
      this.form.requestSubmit(by === true ? undefined : by);
    }
  }

  for (const place of document.querySelectorAll("[data-uploads]")) new Box(place);
})();

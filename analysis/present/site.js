(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  if (/[?&]en\b/.test(location.search)) { root.classList.add("en"); root.lang = "en"; }

  function reveal() {
    var id = location.hash.slice(1), target;
    try { target = id && document.getElementById(decodeURIComponent(id)); } catch (fault) { target = null; }
    if (!target) { return; }
    if (target.tagName === "DETAILS") { target.open = true; target.querySelector("summary").focus(); }
    target.scrollIntoView();
  }

  function watch(form) {
    var list = document.getElementById(form.getAttribute("data-filter"));
    var items = Array.prototype.slice.call(list.querySelectorAll("[data-item]"));
    var texts = items.map(function (item) { return (item.getAttribute("data-item") + " " + item.textContent).toLowerCase(); });
    var groups = Array.prototype.slice.call(list.querySelectorAll("[data-group]"));
    var search = form.querySelector("input"), choice = form.querySelector("select"), told = form.querySelector("output");
    form.hidden = false;
    function apply() {
      var words = search.value.toLowerCase().split(/\s+/).filter(Boolean), state = choice ? choice.value : "", seen = 0;
      items.forEach(function (item, place) {
        var fits = words.every(function (word) { return texts[place].indexOf(word) >= 0; }) &&
          (!state || item.getAttribute("data-state") === state);
        item.hidden = !fits;
        seen += fits ? 1 : 0;
      });
      groups.forEach(function (group) { group.hidden = !group.querySelector("[data-item]:not([hidden])"); });
      told.textContent = seen + " / " + items.length;
    }
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", apply);
    form.addEventListener("change", apply);
    apply();
  }

  function carry() {
    Array.prototype.forEach.call(document.querySelectorAll("a[data-both]"), function (link) {
      var parts = link.getAttribute("href").split("#"), path = parts[0].split("?")[0];
      if (path) { link.setAttribute("href", path + (root.classList.contains("en") ? "?en" : "") + (parts[1] ? "#" + parts[1] : "")); }
    });
  }

  function offer(button) {
    var names = [button.textContent, button.getAttribute("data-switch")];
    function show() {
      var english = root.classList.contains("en");
      button.textContent = names[english ? 1 : 0];
      button.lang = english ? "zh-CN" : "en";
      root.lang = english ? "en" : "zh-CN";
      carry();
    }
    button.hidden = false;
    button.addEventListener("click", function () { root.classList.toggle("en"); show(); });
    show();
  }

  document.addEventListener("DOMContentLoaded", function () {
    Array.prototype.forEach.call(document.querySelectorAll("form[data-filter]"), watch);
    Array.prototype.forEach.call(document.querySelectorAll("button[data-switch]"), offer);
    window.addEventListener("hashchange", reveal);
    reveal();
  });
}());

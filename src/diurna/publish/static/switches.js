// Units and times of an event's page: puts beside what was printed what it is in the reader's units and time zone.
// What was printed stays as it is. The choice is kept in this browser; nothing leaves the page.
(() => {
  "use strict";

  const KEY = "diurna-";

  function kept(name) {
    try {
      return localStorage.getItem(KEY + name) ?? "";
    } catch {
      return ""; // a reader who allows no storage chooses on each page
    }
  }

  function keep(name, value) {
    try {
      localStorage.setItem(KEY + name, value);
    } catch {
      // as above
    }
  }

  // A moment in a zone of the tz database, or in the reader's own where `zone` is `yours`.
  function moment(stamp, zone) {
    return new Intl.DateTimeFormat("en-GB", {
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZone: zone === "yours" ? undefined : zone,
      timeZoneName: "short",
    }).format(new Date(stamp));
  }

  function beside(element, words) {
    element.querySelector(":scope > .converted")?.remove();
    if (!words) return;
    const added = document.createElement("span");
    added.className = "converted";
    added.textContent = ` (= ${words})`;
    element.append(added);
  }

  const apply = {
    units(system) {
      for (const element of document.querySelectorAll("[data-metric], [data-imperial]")) {
        beside(element, system === "metric" || system === "imperial" ? element.dataset[system] : "");
      }
    },
    times(zone) {
      for (const element of document.querySelectorAll("[data-time]")) {
        beside(element, zone ? moment(element.dataset.time, zone) : "");
      }
      for (const element of document.querySelectorAll("td time[datetime]")) {
        element.dataset.printed ??= element.textContent;
        element.textContent = zone ? moment(element.dateTime, zone) : element.dataset.printed;
      }
    },
  };

  for (const panel of document.querySelectorAll(".switches")) {
    for (const name of Object.keys(apply)) {
      const buttons = [...panel.querySelectorAll(`input[name="${name}"]`)];
      // A zone that was kept is that of another event's place: here its place's own is meant.
      const choice = kept(name) === "local" ? buttons.find((button) => button.value.includes("/")) : null;
      const chosen = choice ?? buttons.find((button) => button.value === kept(name)) ?? buttons[0];
      if (!chosen) continue;
      chosen.checked = true;
      apply[name](chosen.value);
      for (const button of buttons) {
        button.addEventListener("change", () => {
          keep(name, button.value.includes("/") ? "local" : button.value);
          apply[name](button.value);
        });
      }
    }
    panel.hidden = false;
  }
})();

// "Leave this page quickly" is a link and works without this. With it, the page is emptied at once
// and takes its own place in the history, so that Back does not come here again.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-nl-leave]");
  if (!link) return;
  event.preventDefault();
  document.title = "";
  document.body.replaceChildren();
  window.location.replace(link.href);
});

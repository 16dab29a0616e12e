/** What the page does by itself: everything else works without it. Has no `</` in it, for it stands in the page. */
export const behaviour = `'use strict';
const flows = [...document.querySelectorAll('.flow')];
const search = document.getElementById('search');
const none = document.getElementById('none');
function filter() {
  const text = search.value.toLowerCase();
  for (const flow of flows) flow.classList.toggle('other', !flow.dataset.name.toLowerCase().includes(text));
  none.hidden = flows.some((flow) => flow.checkVisibility());
}
function mark(row) {
  for (const old of document.querySelectorAll('.now')) old.classList.remove('now');
  if (!row) return;
  row.classList.add('now');
  const target = row.dataset.at && document.getElementById(row.dataset.at);
  const element = target && target.closest('mark');
  if (!element) return;
  element.classList.add('now');
  const pane = element.closest('.beside');
  const top = element.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  if (pane.scrollHeight > pane.clientHeight && (top < 0 || top > pane.clientHeight - 40)) pane.scrollTop += top - pane.clientHeight / 3;
}
function step(time, forward) {
  const row = time.closest('.row');
  const next = forward ? row.nextElementSibling : row.previousElementSibling;
  if (next) next.querySelector('.time').focus();
}
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let outer = target.closest('details'); outer; outer = outer.parentElement.closest('details')) {
    outer.open = true;
    outer.classList.remove('other');
  }
  target.scrollIntoView({ block: 'nearest' });
  if (target.classList.contains('row')) mark(target);
}
if (search) {
  document.querySelector('.filters').addEventListener('input', filter);
  document.querySelector('.filters').addEventListener('submit', (event) => event.preventDefault());
}
document.addEventListener('focusin', ({ target }) => {
  const row = target.closest('.row');
  if (row) mark(row);
});
document.addEventListener('keydown', (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === '/' && search && target !== search) search.focus();
  else if ((key === 'ArrowDown' || key === 'ArrowUp') && target.classList.contains('time')) step(target, key === 'ArrowDown');
  else return;
  event.preventDefault();
});
addEventListener('hashchange', reveal);
reveal();
`;

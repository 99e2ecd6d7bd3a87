/**
 * What script adds to pages that work without it: focus on what is told, one sending at a time, a bar while a file
 * goes up, and printing.
 */
(() => {
  'use strict';

  document.documentElement.classList.add('has-script');

  const lookAtFeedback = () => {
    const feedback = document.getElementById('feedback');
    if (feedback) feedback.focus();
  };

  /** A button that was pressed rests until the answer is there; the key of the form makes a second press harmless. */
  const rest = (form) => {
    form.setAttribute('aria-busy', 'true');
    for (const button of form.querySelectorAll('button[type="submit"], button:not([type])')) {
      button.disabled = true;
    }
  };
  const wake = (form) => {
    form.removeAttribute('aria-busy');
    for (const button of form.querySelectorAll('button[disabled]')) button.disabled = false;
  };

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!form.hasAttribute('data-once')) return;
    // After the event, so that the pressed button's own value is still sent.
    setTimeout(() => rest(form), 0);
  });
  window.addEventListener('pageshow', () => {
    document.querySelectorAll('form[aria-busy]').forEach(wake);
  });

  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest('[data-print]')) window.print();
    const box = target?.closest('[data-all]');
    if (box instanceof HTMLInputElement) {
      const name = box.getAttribute('data-all');
      for (const one of box.closest('form').querySelectorAll('input[type="checkbox"]')) {
        if (one.name === name) one.checked = box.checked;
      }
    }
  });

  document.addEventListener('htmx:xhr:progress', (event) => {
    const bar = event.target.querySelector?.('.upload-bar');
    const { loaded, total } = event.detail;
    if (!bar || !total) return;
    bar.hidden = false;
    bar.querySelector('progress').value = Math.round((loaded / total) * 100);
  });
  for (const fault of ['htmx:sendError', 'htmx:responseError', 'htmx:timeout']) {
    document.addEventListener(fault, (event) => {
      const form = event.target.closest?.('form');
      if (form) wake(form);
    });
  }
  // A refusal is a page as well: it says what was wrong.
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.xhr.status >= 400) event.detail.shouldSwap = true;
  });
  document.addEventListener('htmx:afterSettle', lookAtFeedback);

  lookAtFeedback();
})();

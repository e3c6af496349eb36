// The language switch, exchanges that open where they are asked for, and links into closed parts. The page can be read
// without it, in English.
(() => {
  const table = JSON.parse(document.getElementById('words').textContent);
  const languages = ['en', 'ko'];
  const root = document.documentElement;

  /** What is said at once: a whole page, but for one of a very large contract, the rest of which follows shortly. */
  const atOnce = 10_000;
  let latest = 0;

  const speak = (within) => {
    const place = languages.indexOf(root.lang);
    const turn = within === document ? ++latest : latest;
    for (const element of within.querySelectorAll('[data-l]')) {
      element.setAttribute('aria-label', table[element.dataset.l][place]);
    }
    const all = within.querySelectorAll('[data-w]');
    const from = (start) => {
      if (turn !== latest) return;
      const end = Math.min(all.length, start + atOnce);
      for (let index = start; index < end; index++) {
        const element = all[index];
        element.firstChild.data = table[element.dataset.w][place];
      }
      if (end < all.length) setTimeout(from, 0, end);
    };
    from(0);
  };

  const choose = (language) => {
    root.lang = language;
    speak(document);
    for (const button of document.querySelectorAll('button[data-lang]')) {
      button.setAttribute('aria-pressed', String(button.dataset.lang === language));
    }
  };

  /** A browser may keep nothing for a file: then the choice holds until the page is closed. */
  const remembered = () => {
    try {
      return localStorage.getItem('konaplate-language');
    } catch {
      return null;
    }
  };
  const remember = (language) => {
    try {
      localStorage.setItem('konaplate-language', language);
    } catch {}
  };

  for (const button of document.querySelectorAll('button[data-lang]')) {
    button.addEventListener('click', () => {
      choose(button.dataset.lang);
      remember(button.dataset.lang);
    });
  }
  for (const hidden of document.querySelectorAll('.languages, .filter')) hidden.hidden = false;
  const preferred = remembered() ?? (/^ko\b/i.test(navigator.language) ? 'ko' : 'en');
  if (preferred === 'ko') choose('ko');

  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('.ev > a');
    const body = link && document.querySelector(`${link.getAttribute('href')} > .body`);
    if (!body) return;
    event.preventDefault();
    const isOpen = link.getAttribute('aria-expanded') === 'true';
    link.setAttribute('aria-expanded', String(!isOpen));
    if (isOpen) link.parentElement.nextElementSibling.remove();
    else {
      const copy = body.cloneNode(true);
      link.parentElement.after(copy);
      speak(copy);
    }
  });

  const chosen = document.getElementById('pages');
  for (const input of document.querySelectorAll('.filter input')) {
    input.addEventListener('change', () => chosen.classList.toggle('only-open', input.value === 'open'));
  }

  const reveal = () => {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!named) return;
    if (named.closest('.only-open')) document.querySelector('.filter input[value=all]').click();
    const own = named.matches('details') ? named : named.querySelector(':scope > details');
    if (own) own.open = true;
    for (let around = named.closest('details'); around; around = around.parentElement.closest('details')) {
      around.open = true;
    }
    named.scrollIntoView();
    own?.querySelector('summary').focus({ preventScroll: true });
  };
  addEventListener('hashchange', reveal);
  reveal();
})();

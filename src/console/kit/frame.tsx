import type { ComponentChildren } from 'preact';
import { assetUrl } from './assets.js';
import { useConsole, useText } from './context.js';
import { FeedbackBox } from './feedback-box.js';
import { NAVIGATION } from './navigation.js';
import type { Crumb, Screen } from './screen.js';

/** The frame around every page: head, top line, navigation, title, and what is told once. */
export function Frame({ screen }: { screen: Screen }) {
  const { language } = useConsole();
  const t = useText();
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{`${t(screen.title)} – ChiTra`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          name="htmx-config"
          content='{"includeIndicatorStyles":false,"allowEval":false,"historyCacheSize":0,"selfRequestsOnly":true}'
        />
        <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetUrl('tabler.css')} />
        <link rel="stylesheet" href={assetUrl('console.css')} />
        <script src={assetUrl('htmx.js')} defer />
        <script src={assetUrl('sse.js')} defer />
        <script src={assetUrl('console.js')} defer />
      </head>
      <body class={screen.bare ? 'bare' : undefined}>
        <a class="skip-link" href="#main">
          {t('Đến nội dung chính', 'Skip to the content')}
        </a>
        <TopLine isBare={screen.bare ?? false} />
        <div class="shell">
          {!screen.bare && <Navigation />}
          <main id="main" tabIndex={-1}>
            <PageHead screen={screen} />
            <FeedbackBox />
            {screen.body}
          </main>
        </div>
      </body>
    </html>
  );
}

function TopLine({ isBare }: { isBare: boolean }) {
  const t = useText();
  return (
    <header class="top-line">
      {!isBare && (
        <a class="menu-link" href="#menu">
          {t('Danh mục', 'Menu')}
        </a>
      )}
      <a class="brand" href="/">
        <img src={assetUrl('icon.svg')} alt="" width="28" height="28" />
        <span class="brand-name">ChiTra</span>
      </a>
      <span class="brand-line">{t('Chi trả không dùng tiền mặt', 'Cashless payouts')}</span>
      <span class="top-space" />
      <LanguageSwitch />
      {!isBare && <Who />}
    </header>
  );
}

function LanguageSwitch() {
  const { language, url } = useConsole();
  const other = language === 'vi' ? 'en' : 'vi';
  return (
    <form method="post" action="/language" class="top-form">
      <input type="hidden" name="_from" value={url} />
      <button class="top-button" name="language" value={other} lang={other}>
        {other === 'en' ? 'English' : 'Tiếng Việt'}
      </button>
    </form>
  );
}

function Who() {
  const { viewer } = useConsole();
  const t = useText();
  if (!viewer) return null;
  return (
    <>
      <a class="top-button wide-only" href="/account">
        {viewer.displayName}
      </a>
      <form method="post" action="/sign-out" class="top-form">
        <button class="top-button">{t('Đăng xuất', 'Sign out')}</button>
      </form>
    </>
  );
}

function Navigation() {
  const { url, may } = useConsole();
  const t = useText();
  const path = url.split('?')[0] ?? '/';
  return (
    <nav id="menu" class="menu" aria-label={t('Danh mục chính', 'Main menu')}>
      <a class="menu-close" href="#main">
        {t('Đóng danh mục', 'Close the menu')}
      </a>
      {NAVIGATION.map((group) => {
        const items = group.items.filter(({ permission }) => !permission || may(permission));
        if (items.length === 0) return null;
        return (
          <section class="menu-group">
            <h2 class="menu-title">{t(group.text)}</h2>
            <ul>
              {items.map((item) => (
                <li>
                  <a href={item.href} aria-current={isWithin(path, item.href) ? 'page' : undefined}>
                    {t(item.text)}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}

function isWithin(path: string, place: string): boolean {
  return path === place || (place !== '/' && path.startsWith(`${place}/`));
}

function PageHead({ screen }: { screen: Screen }) {
  const t = useText();
  return (
    <div class="page-head">
      <Crumbs crumbs={screen.crumbs ?? []} />
      <div class="page-title-line">
        <h1>{t(screen.title)}</h1>
        {screen.actions && <Actions>{screen.actions}</Actions>}
      </div>
    </div>
  );
}

const Actions = ({ children }: { children: ComponentChildren }) => (
  <div class="page-actions">{children}</div>
);

function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const t = useText();
  if (crumbs.length === 0) return null;
  return (
    <nav class="crumbs" aria-label={t('Vị trí', 'You are here')}>
      <ol>
        {crumbs.map(({ href, text }) => (
          <li>
            <a href={href}>{t(text)}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

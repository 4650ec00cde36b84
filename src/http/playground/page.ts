/** The page at `/`. Static: everything that varies comes through the API, as data. */
export const PAGE_HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Legible</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
<script type="module" src="/assets/app.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>
  <h1>Legible</h1>
  <p>PDF or image in, Markdown out. Nothing leaves this machine.</p>
  <nav aria-label="Sections"><a href="#try">Try it</a> <a href="#jobs">Recent jobs</a> <a href="#api">API</a></nav>
</header>
<main id="main">
  <section id="try" aria-labelledby="try-title">
    <h2 id="try-title">Try it</h2>
    <form id="upload-form">
      <label id="drop" for="file"><strong>Drop a file here or click to choose</strong><span id="file-name">PDF, PNG, JPEG, TIFF, WebP, BMP, GIF or AVIF</span>
        <input id="file" name="file" type="file" required accept=".pdf,.png,.jpg,.jpeg,.tif,.tiff,.webp,.bmp,.gif,.avif"></label>
      <div class="fields">
        <label>Language <input id="language" name="language" value="auto" list="languages" autocomplete="off" spellcheck="false"></label>
        <datalist id="languages"><option value="auto"><option value="english"><option value="german"><option value="french"><option value="spanish"><option value="polish"></datalist>
        <label>Pages <input id="pages" name="pages" placeholder="all, or 1-3,5" autocomplete="off" spellcheck="false"></label>
        <label>Open as <select id="format" name="format"><option value="markdown">Markdown</option><option value="json">JSON</option><option value="text">Text</option></select></label>
        <label id="password-field" hidden>Password <input id="password" name="password" type="password" autocomplete="off" spellcheck="false"></label>
        <label id="key-field" hidden>API key <input id="key" type="password" autocomplete="off" spellcheck="false"></label>
        <button type="submit">Extract</button>
      </div>
    </form>
    <div id="progress" hidden>
      <progress id="progress-bar" max="1" value="0" aria-labelledby="progress-text"></progress>
      <span id="progress-text" role="status" aria-live="polite"></span>
      <button type="button" id="cancel">Cancel</button>
    </div>
    <p id="problem" role="alert" hidden></p>
  </section>

  <section id="result" aria-labelledby="result-title" tabindex="-1" hidden>
    <div class="result-head">
      <h2 id="result-title">Result</h2>
      <p id="summary"></p>
      <div class="pager"><button type="button" id="previous" aria-label="Previous page">←</button> <span id="page-label" aria-live="polite"></span> <button type="button" id="next" aria-label="Next page">→</button></div>
    </div>
    <div class="columns">
      <figure id="page-view"><div id="page-frame"><img id="page-image" alt=""><svg id="overlay" role="img" aria-label="Recognised words on the page"></svg></div><figcaption id="page-evidence"></figcaption></figure>
      <div class="panel">
        <div role="tablist" aria-label="Form of the result">
          <button role="tab" id="tab-markdown" aria-controls="panel-markdown" aria-selected="true">Markdown</button>
          <button role="tab" id="tab-source" aria-controls="panel-source" aria-selected="false" tabindex="-1">Markdown source</button>
          <button role="tab" id="tab-json" aria-controls="panel-json" aria-selected="false" tabindex="-1">JSON</button>
          <button role="tab" id="tab-text" aria-controls="panel-text" aria-selected="false" tabindex="-1">Text</button>
          <span class="tools"><button type="button" id="copy">Copy</button> <button type="button" id="download">Download</button> <span id="copied" role="status" aria-live="polite"></span></span>
        </div>
        <div role="tabpanel" id="panel-markdown" aria-labelledby="tab-markdown" tabindex="0" class="rendered"></div>
        <div role="tabpanel" id="panel-source" aria-labelledby="tab-source" tabindex="0" hidden><pre></pre></div>
        <div role="tabpanel" id="panel-json" aria-labelledby="tab-json" tabindex="0" hidden><pre></pre></div>
        <div role="tabpanel" id="panel-text" aria-labelledby="tab-text" tabindex="0" hidden><pre></pre></div>
      </div>
    </div>
  </section>

  <section id="jobs" aria-labelledby="jobs-title">
    <h2 id="jobs-title">Recent jobs</h2>
    <div class="scroll"><table><thead><tr><th scope="col">File</th><th scope="col">Status</th><th scope="col">Pages</th><th scope="col">Created</th><th scope="col">Seconds</th><th scope="col"><span class="hidden">Actions</span></th></tr></thead><tbody id="job-rows"></tbody></table></div>
    <p id="no-jobs">No jobs yet.</p>
  </section>

  <section id="api" aria-labelledby="api-title">
    <h2 id="api-title">API</h2>
    <p>Agents connect over MCP at <code>/mcp</code>. The REST endpoints below are also described in <a href="/openapi.json">openapi.json</a>.</p>
    <div id="endpoints"></div>
  </section>
</main>
</body>
</html>
`;

export const ICON_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f5f8b"/><path d="M9 7v18h14M14 11h9M14 15h9M14 19h5" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
